// The filter above the exercises; it needs no chart. The field stays hidden without scripts.
'use strict';
const field = document.getElementById('filter');
if (field) {
  field.closest('.filter').hidden = false;
  const answer = document.getElementById('filtered');
  const all = [...document.querySelectorAll('.attempt')];
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of all) {
      const text = one.dataset.words.toLowerCase();
      one.hidden = !words.every((word) => text.includes(word));
      if (!one.hidden) ++shown;
    }
    answer.textContent = words.length > 0 ? shown + ' of ' + all.length + ' shown' : '';
  });
}
