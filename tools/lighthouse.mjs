// Lighthouse in Debian's Chromium: the four category scores of each page, and what failed.
//   node tools/lighthouse.mjs URL… [--json] [--least 100] [--form mobile|desktop] [--unlisted]
// --unlisted: for pages that ask not to be indexed; that audit is left out.
// Ends with 1 when a score is below --least, 2 when a page could not be measured.
import { parseArgs } from 'node:util';
import * as chromeLauncher from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
// Root needs --no-sandbox. The rest keeps Chromium from using any network but this machine's own.
const FLAGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const { values: options, positionals: urls } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    least: { type: 'string', default: '100' },
    form: { type: 'string', default: 'mobile' },
    unlisted: { type: 'boolean', default: false },
  },
});

// A score of null is a category that could not be worked out; it stays null and fails.
function summary(url, report) {
  const scores = Object.fromEntries(CATEGORIES.map((id) => {
    const score = report.categories[id]?.score;
    return [id, typeof score === 'number' ? Math.round(score * 100) : null];
  }));
  const failing = CATEGORIES.flatMap((category) => report.categories[category].auditRefs
    .map(({ id, weight }) => ({ category, weight, ...report.audits[id] }))
    .filter(({ score, weight, scoreDisplayMode }) => weight > 0
      && (scoreDisplayMode === 'error' || (score !== null && score < 1)))
    .map(({ category, id, title, displayValue, errorMessage }) => (
      { category, id, title, displayValue: errorMessage ?? displayValue })));
  return { url, form: options.form, scores, failing, error: report.runtimeError?.message };
}

function print({ url, scores, failing, error }) {
  const line = CATEGORIES.map((id) => `${id} ${scores[id] ?? 'unknown'}`).join(' · ');
  console.log(`${url}\n  ${line}`);
  for (const audit of failing) {
    console.log(`  ${audit.category}: ${audit.title} (${audit.id}) ${audit.displayValue ?? ''}`);
  }
  if (error) console.log(`  not measured: ${error}`);
}

// A page that could not be measured is measured once more: a busy machine's browser may not have
// come to paint it in time.
async function measure(url) {
  const first = await visit(url);
  return Object.values(first.scores).includes(null) ? visit(url) : first;
}

async function visit(url) {
  const chrome = await chromeLauncher.launch({ chromePath: '/usr/bin/chromium', chromeFlags: FLAGS });
  try {
    const config = options.form === 'desktop' ? desktopConfig : undefined;
    const skipAudits = options.unlisted ? ['is-crawlable'] : null;
    const flags = { port: chrome.port, onlyCategories: CATEGORIES, skipAudits, logLevel: 'silent' };
    return summary(url, (await lighthouse(url, flags, config)).lhr);
  } finally {
    await chrome.kill();
  }
}

if (!urls.length || !['mobile', 'desktop'].includes(options.form)) {
  console.error('usage: node tools/lighthouse.mjs URL… [--json] [--least 100] [--form mobile|desktop] [--unlisted]');
  process.exit(2);
}
const pages = [];
// One after the other: two at a time would take the processor from each other.
for (const url of urls) pages.push(await measure(url));

if (options.json) console.log(JSON.stringify({ pages }));
else pages.forEach(print);

const unmeasured = pages.some(({ scores, error }) => error || Object.values(scores).includes(null));
const low = pages.some(({ scores }) => Object.values(scores).some((s) => s < Number(options.least)));
process.exitCode = unmeasured ? 2 : Number(low);
