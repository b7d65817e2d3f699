# Makes the targets of every exercise from its exercise.json.
#
# A submission lives in a slot: yours, stub, solution, wrong.NAME, right.NAME, hostile.NAME (the grader's own tests), or
# adhoc.KEY (a directory given with --submission; the grader keeps the list in ${PROJECT_BINARY_DIR}/adhoc.txt, lines
# "KEY ID DIRECTORY"). The files of each are copied into build/stage/ID/SLOT and compiled there; debug information names
# the place they came from.
#
# Most slots are the authors': stub, wrong, right and hostile are there only for the exercises in
# ${PROJECT_BINARY_DIR}/shelves.txt, where the grader writes those that it audits, and for all with -DKIT_SHELVES=ON.
# Nobody else waits for ninja to read twenty times as many targets at each edit.
#
#   AREA.NN-name.SLOT          build/suites/ID/SLOT/suite
#   AREA.NN-name.SLOT.clean    build/suites/ID/SLOT/suite-clean      where "clean" isn't "none"
#   AREA.NN-name.SLOT.traced   build/suites/ID/SLOT/traced.so        where tests/ID/ has a NAME_traced.cpp: the submission once
#                              more, instrumented, for the lens trace; made and loaded with the suite
#   AREA.NN-name.SLOT.bench    build/suites/ID/SLOT/candidate.so, loaded by the bench
#   AREA.NN-name.bench         build/bench/ID/bench

option(KIT_SHELVES "Targets for every exercise's stub, wrong/ and right/" OFF)

set(KIT_SANITIZE_address -fsanitize=address,undefined -fno-sanitize-recover=undefined)
set(KIT_SANITIZE_thread -fsanitize=thread)
# The suite's own code, compiled once: its arithmetic is the kit's, so half of that time would be for nothing.
set(KIT_SANITIZE_SUITE_address -fsanitize=address)
set(KIT_SANITIZE_SUITE_thread -fsanitize=thread)

# Suites count under valgrind 3.19, which knows AVX2 and no AVX-512; benches are built for the machine.
set(KIT_SUITE_MACHINE)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  file(STRINGS /proc/cpuinfo avx2 REGEX "^flags.* avx2( |$).* bmi2( |$)" LIMIT_COUNT 1)
  if(avx2)
    set(KIT_SUITE_MACHINE -march=x86-64-v3)
  endif()
endif()

# Adds a file or a directory whose change means that the build files must be made anew.
macro(kit_configure_depends)
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
endmacro()

function(kit_json_list out text key)
  set(items)
  string(JSON count ERROR_VARIABLE error LENGTH "${text}" ${key})
  if(NOT error AND count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      string(JSON item GET "${text}" ${key} ${i})
      list(APPEND items "${item}")
    endforeach()
  endif()
  set(${out} "${items}" PARENT_SCOPE)
endfunction()

function(kit_exercises)
  foreach(area mpi linux cache complexity systems)
    set(folder ${PROJECT_SOURCE_DIR}/exercises/${area})
    if(NOT IS_DIRECTORY ${folder})
      continue()
    endif()
    kit_configure_depends(${folder})
    file(GLOB names RELATIVE ${folder} ${folder}/[0-9][0-9]-*)
    foreach(name ${names})
      if(EXISTS ${folder}/${name}/exercise.json)
        kit_configure_depends(${folder}/${name}/exercise.json)
        kit_exercise(${area}/${name})
      endif()
    endforeach()
  endforeach()
  # The lists change when a new directory is graded, and when an exercise is audited, for the first time.
  foreach(list ${PROJECT_BINARY_DIR}/adhoc.txt ${PROJECT_BINARY_DIR}/shelves.txt)
    if(NOT EXISTS ${list})
      file(WRITE ${list} "")
    endif()
    kit_configure_depends(${list})
  endforeach()
endfunction()

# kit_exercise(ID): reads the description; a broken one is reported by the grader in its own words, and skipped here.
function(kit_exercise id)
  file(READ ${PROJECT_SOURCE_DIR}/exercises/${id}/exercise.json text)
  string(JSON kind ERROR_VARIABLE error GET "${text}" kind)
  string(JSON clean ERROR_VARIABLE error2 GET "${text}" clean)
  kit_json_list(files "${text}" files)
  kit_json_list(flags "${text}" flags)
  kit_json_list(variants "${text}" variants)
  if(error OR error2 OR NOT files)
    message(STATUS "exercises/${id}/exercise.json is not complete: no targets for it")
    return()
  endif()
  string(REPLACE / . target ${id})
  set(tests ${PROJECT_SOURCE_DIR}/tests/${id})
  # Only the lenses that the suite includes: nobody waits for the others to be built.
  set(lenses)
  file(GLOB sources ${PROJECT_SOURCE_DIR}/tests/${id}/*.[ch]pp)
  foreach(source ${sources})
    file(STRINGS ${source} includes REGEX "^#include \"lens/")
    foreach(include ${includes})
      string(REGEX REPLACE ".*\"lens/([a-z]+)/.*" "kit_lens_\\1" lens "${include}")
      list(APPEND lenses ${lens})
    endforeach()
  endforeach()
  if("kit_lens_growth" IN_LIST lenses)
    set(counts_malloc kit_lens_growth_malloc)
  else()
    set(counts_malloc)
  endif()
  if(kind STREQUAL mpi)
    list(APPEND lenses kit_lens_messages)
    list(APPEND flags -fno-optimize-sibling-calls)
    string(JSON ranks GET "${text}" ranks)
    set(libraries kit_mpi_main ${lenses} kit_harness MPI::MPI_CXX)
  else()
    set(ranks 0)
    set(libraries kit_process_main ${lenses} kit_harness)
  endif()
  list(REMOVE_DUPLICATES libraries)
  foreach(library ${libraries})
    if(library MATCHES "^kit_" AND NOT TARGET ${library})
      list(REMOVE_ITEM libraries ${library})
    endif()
  endforeach()

  # What of the suite doesn't depend on the submission is compiled once.
  kit_configure_depends(${tests})
  file(GLOB suite ${tests}/*.cpp)
  list(FILTER suite EXCLUDE REGEX "_(traced|scenarios)\\.cpp$")
  file(GLOB scenarios ${tests}/*_scenarios.cpp)
  file(GLOB traced ${tests}/*_traced.cpp)
  kit_suite_objects(${target}.suite ${id} "${suite}" "" ${ranks} "${libraries}")
  if(NOT clean STREQUAL none AND NOT kind STREQUAL claims)
    kit_suite_objects(${target}.suite.clean ${id} "${suite}" "${KIT_SANITIZE_SUITE_${clean}}" ${ranks} "${libraries}")
  endif()
  set(bench ${PROJECT_SOURCE_DIR}/bench/${id})
  if(EXISTS ${bench}/CMakeLists.txt)
    add_subdirectory(${bench} ${PROJECT_BINARY_DIR}/bench/${id})
  endif()

  # For ctest and IDEs: the same grading as on the command line, transcript and manifest included.
  foreach(whose yours solution)
    set(flag)
    if(whose STREQUAL solution)
      set(flag --solution)
    endif()
    add_test(NAME ${whose}.${target} COMMAND kit-grader grade ${id} ${flag})
    set_tests_properties(${whose}.${target} PROPERTIES LABELS ${whose} RUN_SERIAL ON
      ENVIRONMENT "KIT_ROOT=${PROJECT_SOURCE_DIR};KIT_BUILD=${PROJECT_BINARY_DIR}")
  endforeach()
  # Only where it is asked for, `ctest -C Audit -L audit`: it builds and runs every submission there is.
  add_test(NAME audit.${id} CONFIGURATIONS Audit COMMAND kit-grader audit ${id} --color never)
  set_tests_properties(audit.${id} PROPERTIES LABELS audit
    ENVIRONMENT "KIT_ROOT=${PROJECT_SOURCE_DIR};KIT_BUILD=${PROJECT_BINARY_DIR}")
  # What nobody has begun is skipped, not failed.
  set_tests_properties(yours.${target} PROPERTIES SKIP_REGULAR_EXPRESSION "the stub: ./kit start")

  # Each slot: where its files come from.
  kit_slot(yours ${PROJECT_SOURCE_DIR}/work/${id} ${PROJECT_SOURCE_DIR}/exercises/${id})
  kit_slot(solution ${PROJECT_SOURCE_DIR}/solutions/${id} "")
  set(shelves)
  if(EXISTS ${PROJECT_BINARY_DIR}/shelves.txt)
    file(STRINGS ${PROJECT_BINARY_DIR}/shelves.txt shelves)
  endif()
  if(KIT_SHELVES OR id IN_LIST shelves)
    set(folders ${tests}/wrong ${tests}/right ${PROJECT_SOURCE_DIR}/tests/grader/hostile/${id})
    kit_slot(stub ${PROJECT_SOURCE_DIR}/exercises/${id} "")
  else()
    set(folders)
  endif()
  foreach(folder ${folders})
    set(shelf hostile)
    if(folder MATCHES "/(wrong|right)$")
      set(shelf ${CMAKE_MATCH_1})
    endif()
    if(IS_DIRECTORY ${folder})
      kit_configure_depends(${folder})
      file(GLOB entries ${folder}/*)
      foreach(entry ${entries})
        get_filename_component(name ${entry} NAME_WLE)
        kit_slot(${shelf}.${name} ${entry} "")
      endforeach()
    endif()
  endforeach()
  if(EXISTS ${PROJECT_BINARY_DIR}/adhoc.txt)
    file(STRINGS ${PROJECT_BINARY_DIR}/adhoc.txt lines)
    foreach(line ${lines})
      if(line MATCHES "^([^ ]+) ([^ ]+) (.+)$" AND CMAKE_MATCH_2 STREQUAL id)
        kit_slot(adhoc.${CMAKE_MATCH_1} "${CMAKE_MATCH_3}" "")
      endif()
    endforeach()
  endif()
endfunction()

# The objects of the suite itself, with or without sanitizers.
function(kit_suite_objects name id sources sanitize ranks libraries)
  if(NOT sources)
    return()
  endif()
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${sources})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/exercises/${id} ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE KIT_EXERCISE="${id}" KIT_RANKS=${ranks})
  # The suite's own code isn't what is counted: built quickly rather than to be quick.
  target_compile_options(${name} PRIVATE -O1 -g1 ${KIT_SUITE_MACHINE} ${sanitize})
  target_link_libraries(${name} PRIVATE kit_warnings ${libraries})
endfunction()

# Scenarios are compiled at each edit, and half of that time would go to the standard headers: one precompiled header for
# all that are compiled with the same options. What a submission's header forgets to include is seen all the same: in the
# sanitized program it is compiled alone, too (alone.cpp).
set(KIT_SCENARIO_HEADERS <algorithm> <array> <bit> <cstdint> <cstring> <exception> <functional> <iterator> <limits>
                         <memory> <new> <numeric> <optional> <span> <stdexcept> <string> <tuple> <type_traits> <utility>
                         <vector>)
function(kit_precompiled_headers target options)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    return()
  endif()
  string(MD5 key "${options}")
  string(SUBSTRING ${key} 0 8 key)
  set(headers kit_scenario_headers.${key})
  if(NOT TARGET ${headers})
    file(WRITE ${PROJECT_BINARY_DIR}/scenario_headers/${key}.cpp "")
    add_library(${headers} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/scenario_headers/${key}.cpp)
    target_compile_options(${headers} PRIVATE ${options})
    target_link_libraries(${headers} PRIVATE kit_submission_warnings)  # -Wpedantic changes what is predefined
    target_precompile_headers(${headers} PRIVATE ${KIT_SCENARIO_HEADERS})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${headers})
endfunction()

# One submission. A macro: it reads the variables of kit_exercise(). `from` is a directory, or a single file that stands
# for the one of the same extension; all other files come from the reference.
macro(kit_slot slot from fallback)
  set(slot "${slot}")  # a macro's argument is no variable, and kit_slot_program() reads it
  set(stage ${PROJECT_BINARY_DIR}/stage/${id}/${slot})
  set(staged)
  set(origin "${from}")
  if("${slot}" MATCHES "^(yours|adhoc)")
    # May change from one moment to the next (a copy appears in work/): looked at in every build.
    foreach(file ${files})
      list(APPEND staged ${stage}/${file})
    endforeach()
    add_custom_target(${target}.${slot}.stage
      COMMAND ${PROJECT_SOURCE_DIR}/tests/harness/stage.sh ${stage} "${from}" "${fallback}" ${files}
      BYPRODUCTS ${staged} ${stage}/preamble.hpp COMMENT "" VERBATIM)
  else()
    foreach(file ${files})
      get_filename_component(extension ${file} LAST_EXT)
      get_filename_component(given "${from}" LAST_EXT)
      if(IS_DIRECTORY "${from}" AND EXISTS "${from}/${file}")
        set(source "${from}/${file}")
      elseif(NOT IS_DIRECTORY "${from}" AND extension STREQUAL given)
        set(source "${from}")
        get_filename_component(origin "${from}" DIRECTORY)
      else()
        set(source ${PROJECT_SOURCE_DIR}/solutions/${id}/${file})
      endif()
      add_custom_command(OUTPUT ${stage}/${file} DEPENDS "${source}"
        COMMAND ${CMAKE_COMMAND} -E copy "${source}" ${stage}/${file} COMMENT "" VERBATIM)
      list(APPEND staged ${stage}/${file})
    endforeach()
  endif()
  set(sources ${staged})
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  set(header ${files})
  list(FILTER header INCLUDE REGEX "\\.hpp$")

  kit_slot_program(suite ${target}.${slot} ${target}.suite "")
  if(TARGET ${target}.suite.clean)
    kit_slot_program(suite-clean ${target}.${slot}.clean ${target}.suite.clean "${KIT_SANITIZE_${clean}}")
  endif()

  # The same functions once more, instrumented, in a library that the suite loads.
  if(traced)
    kit_traced_library(${target}.${slot}.traced ${staged} ${traced})
    target_compile_options(${target}.${slot}.traced PRIVATE ${flags} "-ffile-prefix-map=${stage}=${origin}")
    target_include_directories(${target}.${slot}.traced PRIVATE ${stage} ${PROJECT_SOURCE_DIR}/exercises/${id})
    target_link_libraries(${target}.${slot}.traced PRIVATE kit_submission_warnings)
    set_target_properties(${target}.${slot}.traced PROPERTIES OUTPUT_NAME traced
      LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/suites/${id}/${slot})
    if(TARGET ${target}.${slot}.stage)
      add_dependencies(${target}.${slot}.traced ${target}.${slot}.stage)
    endif()
    add_dependencies(${target}.${slot} ${target}.${slot}.traced)
  endif()

  # The same functions once more, built for the machine, in a library that the bench loads beside others.
  file(GLOB candidate ${bench}/*_candidate.cpp)
  if(candidate)
    add_library(${target}.${slot}.bench MODULE EXCLUDE_FROM_ALL ${staged} ${candidate})
    target_compile_options(${target}.${slot}.bench PRIVATE -O3 -march=native -fvisibility=hidden)
    target_include_directories(${target}.${slot}.bench PRIVATE ${stage} ${PROJECT_SOURCE_DIR}/exercises/${id}
                                                               ${PROJECT_SOURCE_DIR})
    target_link_options(${target}.${slot}.bench PRIVATE -Wl,-Bsymbolic)
    if(kind STREQUAL mpi)
      target_link_libraries(${target}.${slot}.bench PRIVATE MPI::MPI_CXX)
    endif()
    set_target_properties(${target}.${slot}.bench PROPERTIES PREFIX "" OUTPUT_NAME candidate
      LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/suites/${id}/${slot})
    if(TARGET ${target}.${slot}.stage)
      add_dependencies(${target}.${slot}.bench ${target}.${slot}.stage)
    endif()
  endif()
endmacro()

macro(kit_slot_program program name suite_objects sanitize)
  if(TARGET ${suite_objects})
    # The submission is compiled by itself: its flags and its include path are not the suite's.
    set(objects)
    if(sources)
      add_library(${name}.objects OBJECT EXCLUDE_FROM_ALL ${staged})
      target_compile_options(${name}.objects PRIVATE ${KIT_SUITE_MACHINE} -fno-omit-frame-pointer ${sanitize} ${flags}
                                                     "-ffile-prefix-map=${stage}=${origin}")
      target_include_directories(${name}.objects PRIVATE ${stage} ${PROJECT_SOURCE_DIR}/exercises/${id})
      target_link_libraries(${name}.objects PRIVATE kit_submission_warnings)
      if(kind STREQUAL mpi)
        target_link_libraries(${name}.objects PRIVATE MPI::MPI_CXX)
      endif()
      if(TARGET ${target}.${slot}.stage)
        add_dependencies(${name}.objects ${target}.${slot}.stage)
        list(LENGTH sources count)
        if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND count EQUAL 1)
          target_precompile_headers(${name}.objects PRIVATE ${stage}/preamble.hpp)  # made by stage.sh
        endif()
      endif()
      set(objects $<TARGET_OBJECTS:${name}.objects>)
    elseif(NOT "${sanitize}" STREQUAL "" AND header)
      add_library(${name}.objects OBJECT EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/harness/alone.cpp)
      target_compile_definitions(${name}.objects PRIVATE KIT_SUBMISSION="${header}")
      target_compile_options(${name}.objects PRIVATE -O0 -g0 ${flags})
      target_include_directories(${name}.objects PRIVATE ${stage} ${PROJECT_SOURCE_DIR}/exercises/${id})
      target_link_libraries(${name}.objects PRIVATE kit_submission_warnings)
      if(kind STREQUAL mpi)
        target_link_libraries(${name}.objects PRIVATE MPI::MPI_CXX)
      endif()
      if(TARGET ${target}.${slot}.stage)
        add_dependencies(${name}.objects ${target}.${slot}.stage)
      endif()
      set(objects $<TARGET_OBJECTS:${name}.objects>)
    endif()
    # What was staged is listed here too: a header or a claims file makes the target wait for its copy.
    add_executable(${name} EXCLUDE_FROM_ALL ${scenarios} ${objects} $<TARGET_OBJECTS:${suite_objects}>)
    set(others ${staged})
    list(FILTER others EXCLUDE REGEX "\\.cpp$")
    target_sources(${name} PRIVATE ${others})
    if(NOT sources AND NOT scenarios)
      # Nothing is compiled that would wait for them: the claims-only exercises.
      set_target_properties(${name} PROPERTIES LINK_DEPENDS "${others}")
    endif()
    target_include_directories(${name} PRIVATE ${stage} ${PROJECT_SOURCE_DIR}/exercises/${id}
                                               ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(${name} PRIVATE KIT_EXERCISE="${id}")
    # Counts of calls and elements are the same at every level (an exercise that counts instructions names another one in
    # its flags); with a sanitizer each level takes longer to compile than it saves. A call in tail position takes no
    # stack, as at -O2: who writes a recursion so is right where the stack may not grow.
    set(options -O1 -g1 -foptimize-sibling-calls)
    if(NOT "${sanitize}" STREQUAL "")
      set(options -O0)
    endif()
    list(APPEND options ${KIT_SUITE_MACHINE} -fno-omit-frame-pointer ${sanitize} ${flags})
    target_compile_options(${name} PRIVATE ${options} "-ffile-prefix-map=${stage}=${origin}")
    if(scenarios)
      kit_precompiled_headers(${name} "${options}")
    endif()
    target_link_options(${name} PRIVATE ${sanitize} -rdynamic)
    target_link_libraries(${name} PRIVATE kit_submission_warnings ${libraries})
    if("${sanitize}" STREQUAL "" AND counts_malloc)
      target_link_libraries(${name} PRIVATE ${counts_malloc})  # a sanitizer brings a malloc of its own
    endif()
    set_target_properties(${name} PROPERTIES OUTPUT_NAME ${program} LINKER_LANGUAGE CXX
      RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/suites/${id}/${slot})
    if(TARGET ${target}.${slot}.stage)
      add_dependencies(${name} ${target}.${slot}.stage)
    endif()
  endif()
endmacro()
