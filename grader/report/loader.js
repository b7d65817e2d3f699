// The distribution packages Vega as some twenty parts, each an AMD module. This is all of AMD that they need: a table
// of modules, and the name of the one that comes next.
'use strict';
const modules = {};
let part = '';
function define(needs, make) {
  const made = {};
  make(...needs.map((name) => (name === 'exports' ? made : modules[name])));
  modules[part] = made;
  if (part === 'vega-selection') modules['vega-selections'] = made;  // it is asked for by this name
}
define.amd = {};
