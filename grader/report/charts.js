// Draws the report's charts by Vega, from the JSON in the page. Everything they say stands in the page as a sentence and
// a table too, so that nothing is lost without them.
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const vega = Object.assign({}, ...Object.values(modules));
for (const name of ['transforms', 'view-transforms', 'encode', 'regression'])
  Object.assign(modules['vega-dataflow'].transforms, modules['vega-' + name]);
delete define.amd;  // nothing else is to be loaded that way

const LIGHT = {
  ground: '#ffffff', word: '#1b1f24', quiet: '#59636e', line: '#d5dae0', yours: '#0b5cad', bound: '#6b7280',
  bad: '#b54708', ramp: ['#d5e6f7', '#7fb2e5', '#2f77bf', '#0b3d70'], onRamp: ['#000', '#000', '#fff', '#fff'],
};
const DARK = {
  ground: '#14171c', word: '#e6e9ed', quiet: '#9aa4b2', line: '#343a43', yours: '#6cb6ff', bound: '#9aa4b2',
  bad: '#f5a15b', ramp: ['#24425f', '#3f7fbf', '#7fb8f0', '#cfe6ff'], onRamp: ['#fff', '#000', '#000', '#000'],
};
const dark = matchMedia('(prefers-color-scheme: dark)');
let paper = false;  // while it is printed: the light colours, the paper's width
const colours = () => (dark.matches && !paper ? DARK : LIGHT);
const step = (share) => (share >= 1 ? 3 : share >= 0.5 ? 2 : share >= 0.25 ? 1 : 0);
const FONT = 'system-ui, sans-serif';

const config = (c) => ({
  background: null, font: FONT,
  axis: {labelColor: c.word, titleColor: c.quiet, domainColor: c.line, tickColor: c.line, gridColor: c.line,
         labelFont: FONT, titleFont: FONT, labelFontSize: 13, titleFontSize: 13, titleFontWeight: 'normal'},
  text: {font: FONT, fontSize: 13, fill: c.word},
});
// A chart without an axis' own paddings: `marks` in pixels.
const plain = (width, height, marks, more = {}) =>
  ({width, height, padding: 2, autosize: 'none', marks: marks.map((mark) => ({aria: false, ...mark})), ...more});

// ---- areas and levels: a grid, its cells as blue as much is solved ----
function areas(width, c) {
  const small = width < 520;
  const left = small ? 0 : 110;
  const cell = Math.min(88, (width - left - 4) / 5);
  const row = small ? 64 : 44;
  const cells = data.areas.flatMap((area, y) => area.levels.filter((l) => l.total > 0).map((l) => {
    const shade = step(l.solved / l.total);
    const empty = l.solved === 0;
    return {x: left + (l.level - 1) * cell, y: 24 + y * row + (small ? 20 : 0), text: l.solved + '/' + l.total,
            fill: empty ? c.ground : c.ramp[shade], ink: empty ? c.word : c.onRamp[shade], faint: l.faint};
  }));
  const levels = [1, 2, 3, 4, 5].map((l) => ({x: left + (l - 0.5) * cell, text: (l === 1 ? 'level ' : '') + l}));
  const names = data.areas.map((area, y) => ({y: 24 + y * row + (small ? 14 : row / 2 - 2), text: area.area}));
  const height = 24 + data.areas.length * row + 2;
  const box = {x: {field: 'x'}, y: {field: 'y'}, width: {value: cell - 4}, height: {value: 38}};
  return plain(width, height, [
    {type: 'text', from: {data: 'levels'}, encode: {enter: {x: {field: 'x', offset: -2}, y: {value: 14},
      text: {field: 'text'}, align: {value: 'center'}, fill: {value: c.quiet}}}},
    {type: 'text', from: {data: 'names'}, encode: {enter: {x: {value: 0}, y: {field: 'y'}, text: {field: 'text'},
      baseline: {value: small ? 'alphabetic' : 'middle'}, fill: {value: c.word}}}},
    {type: 'rect', from: {data: 'cells'}, encode: {enter: {...box, fill: {field: 'fill'}, stroke: {value: c.bound},
      cornerRadius: {value: 3}}}},
    {type: 'text', from: {data: 'cells'}, encode: {enter: {x: {field: 'x', offset: cell / 2 - 2},
      y: {field: 'y', offset: 19}, text: {field: 'text'}, align: {value: 'center'}, baseline: {value: 'middle'},
      fill: {field: 'ink'}}}},
    {type: 'path', from: {data: 'faint'}, encode: {enter: {x: {field: 'x', offset: cell - 4}, y: {field: 'y'},
      path: {value: 'M-13,0 L0,0 L0,13 Z'}, fill: {value: c.bad}, stroke: {value: c.ground}}}},
  ], {data: [{name: 'cells', values: cells}, {name: 'faint', values: cells.filter((d) => d.faint > 0)},
             {name: 'levels', values: levels}, {name: 'names', values: names}]});
}

// ---- one exercise over time: a row a criterion, a column an attempt ----
function attempts(width, c, index) {
  const one = data.exercises[index];
  const left = 64, row = 20;
  const most = Math.max(4, Math.min(width < 520 ? 12 : 40, Math.floor((width - left) / 20)));
  const shown = one.attempts.slice(-most);
  const cells = shown.flatMap((attempt, i) => one.criteria.map((criterion, k) => {
    const state = attempt.criteria[criterion] || 'not run';
    return {x: left + i * 20 + 8, y: 18 + k * row + 10, state,
            shape: state === 'not run' ? 'stroke' : 'square', size: state === 'not run' ? 60 : 110,
            fill: state === 'passed' ? c.yours : 'transparent',
            ink: state === 'passed' ? c.yours : state === 'failed' ? c.bad : c.bound};
  }));
  const names = one.criteria.map((text, k) => ({text, y: 18 + k * row + 10}));
  const numbers = shown.map((attempt, i) => ({text: attempt.number, x: left + i * 20 + 8}))
    .filter((d, i) => shown.length < 10 || i % 5 === 0 || i === shown.length - 1);
  return plain(width, 20 + one.criteria.length * row, [
    {type: 'text', from: {data: 'numbers'}, encode: {enter: {x: {field: 'x'}, y: {value: 12}, text: {field: 'text'},
      align: {value: 'center'}, fill: {value: c.quiet}}}},
    {type: 'text', from: {data: 'names'}, encode: {enter: {x: {value: 0}, y: {field: 'y'}, text: {field: 'text'},
      baseline: {value: 'middle'}, fill: {value: c.word}}}},
    {type: 'symbol', from: {data: 'cells'}, encode: {enter: {x: {field: 'x'}, y: {field: 'y'},
      shape: {field: 'shape'}, size: {field: 'size'}, fill: {field: 'fill'}, stroke: {field: 'ink'},
      strokeWidth: {value: 1.6}}}},
  ], {data: [{name: 'cells', values: cells}, {name: 'names', values: names}, {name: 'numbers', values: numbers}]});
}

// ---- measured against the bounds: how much of each is used up, on a logarithmic axis with the bound at 1 ----
function bounds(width, c, index) {
  const one = data.pictures[index];
  const small = width < 520;
  const left = small ? 0 : 300, row = small ? 46 : 30;
  // A bound of 0 that was broken has no place on the axis: it stands at the right edge, what uses up nothing at the left.
  const shares = one.rows.filter((r) => r.limit !== 0).flatMap((r) => [r.share, r.reference_share ?? r.share])
    .filter((s) => s > 0);
  const low = Math.min(0.5, ...shares), high = Math.max(2, ...shares);
  const clip = (share) => Math.min(high, Math.max(low, share));
  const rows = one.rows.map((r, i) => ({y: 28 + i * row + (small ? 30 : row / 2), name: r.test,
    share: clip(r.share), reference: r.reference_share === undefined ? null : clip(r.reference_share),
    over: r.share > 1}));
  const end = 28 + rows.length * row;
  const x = {scale: 'x', field: 'share'};
  return plain(width, end + 42, [
    {type: 'rule', from: {data: 'rows'}, encode: {enter: {x: {value: left}, x2: {value: width - 16}, y: {field: 'y'},
      stroke: {value: c.line}}}},
    {type: 'text', from: {data: 'rows'}, encode: {enter: {x: {value: 0}, y: {field: 'y', offset: small ? -16 : 0},
      text: {field: 'name'}, baseline: {value: 'middle'}, limit: {value: small ? width : left - 12}}}},
    {type: 'rule', encode: {enter: {x: {scale: 'x', value: 1}, y: {value: 18}, y2: {value: end}, stroke: {value: c.bound},
      strokeDash: {value: [5, 4]}, strokeWidth: {value: 1.5}}}},
    {type: 'text', encode: {enter: {x: {scale: 'x', value: 1}, y: {value: 12}, text: {value: 'the bound'},
      align: {value: 'center'}, fill: {value: c.quiet}}}},
    {type: 'symbol', from: {data: 'referenced'}, encode: {enter: {x: {scale: 'x', field: 'reference'},
      y: {field: 'y'}, shape: {value: 'diamond'}, size: {value: 150}, fill: {value: c.ground},
      stroke: {value: c.bound}, strokeWidth: {value: 2}}}},
    {type: 'symbol', from: {data: 'within'}, encode: {enter: {x, y: {field: 'y'}, shape: {value: 'circle'},
      size: {value: 70}, fill: {value: c.yours}}}},
    {type: 'symbol', from: {data: 'over'}, encode: {enter: {x, y: {field: 'y'}, shape: {value: 'square'},
      size: {value: 100}, fill: {value: 'transparent'}, stroke: {value: c.bad}, strokeWidth: {value: 2.4}}}},
  ], {
    data: [{name: 'rows', values: rows}, {name: 'referenced', values: rows.filter((r) => r.reference !== null)},
           {name: 'within', values: rows.filter((r) => !r.over)}, {name: 'over', values: rows.filter((r) => r.over)}],
    scales: [{name: 'x', type: 'log', domain: [low, high], range: [left + 8, width - 24]}],
    axes: [{scale: 'x', orient: 'bottom', offset: -42, tickCount: 5, format: '~r', labelOverlap: true, aria: false,
            title: 'times the bound (logarithmic)'}],
  });
}

// ---- the plan: a column a day, a row an exercise ----
function plan(width, c) {
  const small = width < 520;
  const left = small ? 0 : 210, row = small ? 40 : 22;
  const items = data.plan.days.flatMap((day) => day.items.map((item) => ({...item, date: Date.parse(day.date)})));
  const ids = [...new Set(items.map((item) => item.id))];
  const marks = items.map((item) => ({x: item.date, y: 30 + ids.indexOf(item.id) * row + (small ? 26 : row / 2),
    shape: item.again ? 'circle' : 'diamond', fill: item.again ? c.yours : c.ground}));
  const names = ids.map((text, i) => ({text, y: 30 + i * row + (small ? 10 : row / 2)}));
  const height = 34 + ids.length * row;
  const from = Date.parse(data.plan.from), to = Date.parse(data.plan.end);
  const near = Math.max(from, to - 86400000 * Math.min(7, Math.max(3, Math.round(data.plan.length / 5))));
  return plain(width, height, [
    ...(data.plan.until ? [{type: 'rect', encode: {enter: {x: {scale: 'x', value: near}, x2: {scale: 'x', value: to},
      y: {value: 24}, y2: {value: height}, fill: {value: c.line}, fillOpacity: {value: 0.5}}}}] : []),
    {type: 'rule', from: {data: 'names'}, encode: {enter: {x: {value: left}, x2: {value: width - 12},
      y: {field: 'y', offset: small ? 16 : 0}, stroke: {value: c.line}}}},
    {type: 'rule', encode: {enter: {x: {scale: 'x', value: from}, y: {value: 24}, y2: {value: height},
      stroke: {value: c.bound}}}},
    {type: 'text', from: {data: 'names'}, encode: {enter: {x: {value: 0}, y: {field: 'y'}, text: {field: 'text'},
      baseline: {value: 'middle'}, limit: {value: small ? width : left - 12}}}},
    {type: 'symbol', from: {data: 'items'}, encode: {enter: {x: {scale: 'x', field: 'x'}, y: {field: 'y'},
      shape: {field: 'shape'}, fill: {field: 'fill'}, stroke: {value: c.yours}, strokeWidth: {value: 1.8},
      size: {value: 70}}}},
  ], {
    data: [{name: 'items', values: marks}, {name: 'names', values: names}],
    scales: [{name: 'x', type: 'utc', domain: [from, to], range: [left + 10, width - 20]}],
    axes: [{scale: 'x', orient: 'top', offset: -22, format: '%-d %b', tickCount: small ? 4 : 8, aria: false,
            labelOverlap: true, ticks: false, domain: false}],
  });
}

// ---- interviews: a column each, a row a dimension, and the range of the recommendation below ----
function interviews(width, c) {
  const BANDS = [[1, 'strong no'], [1.75, 'no'], [2.5, 'yes'], [3.4, 'strong yes']];
  const left = 110, row = 30;
  const shown = data.interviews.slice(-Math.max(2, Math.floor((width - left) / 72)));
  const cell = Math.min(110, (width - left) / Math.max(1, shown.length));
  const dimensions = [...new Set(shown.flatMap((one) => one.marks.map((mark) => mark.dimension)))];
  const cells = shown.flatMap((one, i) => one.marks.map((mark) => ({
    x: left + i * cell, y: 22 + dimensions.indexOf(mark.dimension) * row,
    text: mark.level === null ? 'not measured' : mark.level + ' ' + mark.word,
    fill: mark.level === null ? c.ground : c.ramp[mark.level - 1],
    ink: mark.level === null ? c.quiet : c.onRamp[mark.level - 1], dash: mark.own ? [4, 3] : [1, 0]})));
  const below = 22 + dimensions.length * row + 10;
  const y = (value) => below + (4 - value) / 3 * 110;
  const ranges = shown.map((one, i) => ({...one, x: left + (i + 0.5) * cell - 2})).filter((one) => one.mid !== null)
    .map((one) => ({x: one.x, low: y(one.low), mid: y(one.mid), high: y(one.high)}));
  return plain(width, below + 116, [
    {type: 'text', from: {data: 'heads'}, encode: {enter: {x: {field: 'x'}, y: {value: 12}, text: {field: 'text'},
      align: {value: 'center'}, fill: {value: c.quiet}}}},
    {type: 'text', from: {data: 'names'}, encode: {enter: {x: {value: 0}, y: {field: 'y'}, text: {field: 'text'},
      baseline: {value: 'middle'}}}},
    {type: 'rect', from: {data: 'cells'}, encode: {enter: {x: {field: 'x'}, y: {field: 'y'}, width: {value: cell - 4},
      height: {value: row - 4}, fill: {field: 'fill'}, stroke: {value: c.bound}, strokeDash: {field: 'dash'},
      cornerRadius: {value: 3}}}},
    {type: 'text', from: {data: 'cells'}, encode: {enter: {x: {field: 'x', offset: cell / 2 - 2},
      y: {field: 'y', offset: row / 2 - 2}, text: {field: 'text'}, align: {value: 'center'},
      baseline: {value: 'middle'}, fill: {field: 'ink'}, limit: {value: cell - 8}}}},
    {type: 'rule', from: {data: 'bands'}, encode: {enter: {x: {value: left}, x2: {value: left + shown.length * cell},
      y: {field: 'y'}, stroke: {value: c.line}}}},
    {type: 'text', from: {data: 'bands'}, encode: {enter: {x: {value: 0}, y: {field: 'y', offset: -4},
      text: {field: 'text'}, fill: {value: c.quiet}}}},
    {type: 'rule', from: {data: 'ranges'}, encode: {enter: {x: {field: 'x'}, y: {field: 'low'}, y2: {field: 'high'},
      stroke: {value: c.yours}, strokeWidth: {value: 6}, strokeOpacity: {value: 0.45}}}},
    {type: 'symbol', from: {data: 'ranges'}, encode: {enter: {x: {field: 'x'}, y: {field: 'mid'}, size: {value: 80},
      fill: {value: c.yours}}}},
  ], {data: [{name: 'cells', values: cells}, {name: 'ranges', values: ranges},
    {name: 'heads', values: shown.map((one, i) => ({text: one.day, x: left + (i + 0.5) * cell - 2}))},
    {name: 'names', values: dimensions.map((text, i) => ({text, y: 22 + i * row + row / 2 - 2}))},
    {name: 'bands', values: BANDS.map(([value, text]) => ({text, y: y(value)}))}]});
}

// ---- drawing, and drawing anew: another width, another scheme, paper ----
const kinds = {areas, attempts, bounds, plan, interviews};
const views = new Map();
function draw(figure) {
  const c = colours();
  const width = Math.min(920, paper ? 660 : figure.clientWidth);
  if (width < 40) return;
  views.get(figure)?.finalize();
  const spec = kinds[figure.dataset.chart](width, c, Number(figure.dataset.index || 0));
  const runtime = vega.parse({$schema: undefined, ...spec}, config(c), {ast: true});
  const view = new vega.View(runtime, {renderer: 'svg', expr: vega.expressionInterpreter, logLevel: vega.Warn});
  view.initialize(figure).run();
  views.set(figure, view);
}
const drawAll = () => document.querySelectorAll('.chart').forEach(draw);
drawAll();
document.documentElement.dataset.drawn = 'yes';

let width = innerWidth, waiting;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  clearTimeout(waiting);
  waiting = setTimeout(drawAll, 120);
});
dark.addEventListener('change', drawAll);
let opened = [];
function toPaper() {
  if (paper) return;
  paper = true;
  opened = [...document.querySelectorAll('details:not([open])')];
  opened.forEach((one) => { one.open = true; });
  drawAll();
}
function fromPaper() {
  if (!paper) return;
  paper = false;
  opened.forEach((one) => { one.open = false; });
  drawAll();
}
addEventListener('beforeprint', toPaper);
addEventListener('afterprint', fromPaper);
matchMedia('print').addEventListener('change', (event) => (event.matches ? toPaper() : fromPaper()));
