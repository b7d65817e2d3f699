// Looks at pages of the report as a browser shows them: no error, no request, marks in every chart, the keyboard, axe,
// narrow, dark, printed, without scripts. Pictures of all of it are left in pictures/.
import {createRequire} from 'node:module';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {chromium} from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = process.argv.slice(2);
mkdirSync('pictures', {recursive: true});
let checks = 0;
const faults = [];
function check(holds, what) {
  ++checks;
  if (!holds) faults.push(what), console.log('  failed: ' + what);
}

const browser = await chromium.launch({executablePath: process.env.KIT_BROWSER, args: ['--no-sandbox', '--disable-gpu'],
  timeout: 300000});

async function open(name, options = {}) {
  const context = await browser.newContext({viewport: {width: options.width ?? 1280, height: 900},
    colorScheme: options.scheme ?? 'light', javaScriptEnabled: options.scripts ?? true, reducedMotion: 'reduce'});
  context.setDefaultTimeout(300000);  // a machine where everything else is being built too
  const page = await context.newPage();
  const where = `${name} ${JSON.stringify(options)}`;
  page.on('console', (message) => check(false, `${where}: console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => check(false, `${where}: ${error.message}`));
  const own = `file://${process.cwd()}/${name}.html`;
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === own || url.startsWith('data:')) return route.continue();
    check(false, `${where}: a request to ${url.slice(0, 80)}`);
    return route.abort();
  });
  await page.goto(own);
  return {page, context, where};
}

async function look(name, width, scheme) {
  const {page, context, where} = await open(name, {width, scheme});
  check(await page.evaluate(() => document.documentElement.dataset.drawn) === 'yes', `${where}: nothing was drawn`);
  const bare = await page.$$eval('.chart', (all) => all
    .filter((one) => one.querySelectorAll('svg .mark-symbol path, svg .mark-rect path, svg .mark-text text').length === 0)
    .map((one) => one.dataset.chart));
  check(bare.length === 0, `${where}: no marks in ${bare}`);
  const unnamed = await page.$$eval('.chart', (all) => all.filter((one) => !one.getAttribute('aria-label')).length);
  check(unnamed === 0, `${where}: ${unnamed} charts without a label`);
  const over = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
  check(over <= 0, `${where}: ${over} pixels wider than the screen`);
  const cut = await page.$$eval('.chart svg', (all) => all.filter((svg) =>
    svg.getBoundingClientRect().right > innerWidth + 1).length);
  check(cut === 0, `${where}: ${cut} charts are cut off`);
  const found = await page.evaluate(async (source) => {
    (0, eval)(source);
    return (await window.axe.run()).violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 100))}`);
  }, axe).catch((error) => ['axe did not run: ' + error.message]);
  check(found.length === 0, `${where}: axe: ${found.join('\n    ')}`);
  await page.screenshot({path: `pictures/${name}-${width}-${scheme}.png`, fullPage: true});
  await context.close();
}

// One pass by the keyboard: skip link, sections, filter, the numbers behind a chart.
async function keyboard(name) {
  const {page, context, where} = await open(name);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press('Tab');
  check(await focused() === 'Skip to the report', `${where}: the first stop is the skip link, not ${await focused()}`);
  const seen = [];
  for (let i = 0; i < 6; ++i) {
    await page.keyboard.press('Tab');
    seen.push(await focused());
  }
  check(seen.join() === 'Posting,Areas,Exercises,Pictures,Interviews,Plan', `${where}: the links are ${seen}`);
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  check(ring === 'solid', `${where}: no ring round what has the focus`);
  await page.keyboard.press('Enter');
  // The address follows a moment later on a busy machine.
  await page.waitForURL(url => url.hash === '#plan', {timeout: 30000}).catch(() => {});
  check(page.url().endsWith('#plan'), `${where}: Enter on Plan goes nowhere`);
  const all = await page.$$('.attempt');
  if (all.length > 0) {
    await page.focus('#filter');
    await page.keyboard.type('transpose');
    const shown = await page.$$eval('.attempt', (some) => some.filter((one) => !one.hidden).length);
    check(shown === 1, `${where}: the filter leaves ${shown}`);
    check((await page.textContent('#filtered')) === `1 of ${all.length} shown`, `${where}: the filter says nothing`);
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    const summary = page.locator('.attempt summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    check(await summary.evaluate((one) => one.parentElement.open), `${where}: Enter opens no numbers`);
    await page.keyboard.press('Tab');
    check(await page.evaluate(() => document.activeElement.getAttribute('role')) === 'region',
      `${where}: a table that scrolls can't be reached`);
  }
  await context.close();
}

// What is said and what is drawn come from the same numbers.
async function numbers(name) {
  const {page, context, where} = await open(name);
  const lead = await page.textContent('.lead');
  if (name !== 'empty') {
    const [solved, total] = lead.match(/\d+/g).map(Number);
    const cells = await page.$$eval('section[aria-labelledby="areas"] td', (all) =>
      all.map((one) => one.textContent.match(/(\d+)\/(\d+)/)).filter(Boolean).map((m) => [+m[1], +m[2]]));
    check(cells.reduce((sum, c) => sum + c[0], 0) === solved, `${where}: ${lead} is not what the areas add up to`);
    check(cells.reduce((sum, c) => sum + c[1], 0) === total, `${where}: ${lead} is not what the areas add up to`);
  } else {
    check(lead.startsWith('Nothing graded yet'), `${where}: ${lead}`);
  }
  check(await page.title() === 'Where you stand', `${where}: words of a learner became code`);
  await context.close();
}

async function withoutScripts(name) {
  const {page, context, where} = await open(name, {scripts: false});
  check(await page.locator('h2').count() === 7, `${where}: sections are missing`);
  check(await page.locator('table').count() >= 2, `${where}: tables are missing`);
  check(!(await page.locator('#filter').first().isVisible().catch(() => false)), `${where}: a filter that does nothing`);
  await context.close();
}

async function paper(name) {
  const {page, context, where} = await open(name, {scheme: 'dark'});
  await page.emulateMedia({media: 'print', colorScheme: 'dark'});
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const closed = await page.locator('details:not([open])').count();
  check(closed === 0, `${where}: ${closed} tables stay closed on paper`);
  const ink = await page.evaluate(() => getComputedStyle(document.body).color);
  check(ink === 'rgb(27, 31, 36)', `${where}: printed in ${ink}`);
  const pdf = await page.pdf({format: 'A4', printBackground: true});
  writeFileSync(`pictures/${name}.pdf`, pdf);
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
  check(pages >= 1 && pages < 20, `${where}: ${pages} pages`);
  await page.setViewportSize({width: 794, height: 1123});
  await page.screenshot({path: `pictures/${name}-print.png`, fullPage: true});
  await context.close();
}

for (const name of names) {
  for (const width of name === 'real' ? [1280, 768, 360] : [1280, 360])
    for (const scheme of ['light', 'dark']) await look(name, width, scheme);
  await keyboard(name);
  await numbers(name);
  await withoutScripts(name);
  await paper(name);
}
await browser.close();
console.log(`${checks - faults.length} of ${checks} checks hold; pictures in ${process.cwd()}/pictures`);
process.exit(faults.length === 0 ? 0 : 1);
