/** One page that needs nothing else: Microsoft's own renderer, the cards, and the looks they can have. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ToolError } from '../tool.ts'
import type { Sample } from './samples.ts'
import { hostConfig, styleOf, THEMES } from './themes.ts'

const LAYOUT = `
  body { margin: 0; padding: 16px; font-family: "Segoe UI", system-ui, sans-serif; }
  main { margin-top: 24px; display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 480px)); gap: 24px; align-items: start; }
  h1 { font-size: 20px; } h2 { font-size: 14px; font-weight: 400; margin: 0 0 8px; }
  .card { border-radius: 8px; overflow: hidden; }
  .ac-input { width: 100%; box-sizing: border-box; padding: 6px 8px; border-radius: 4px; font: inherit; font-size: 14px; min-height: 32px; }
  textarea.ac-input { min-height: 72px; }
  input[type=radio].ac-input, input[type=checkbox].ac-input { width: auto; min-height: 0; }
  .ac-pushButton, .theme { padding: 6px 12px; border-radius: 4px; font: inherit; font-size: 14px; font-weight: 600; cursor: pointer; }
  .ac-pushButton { white-space: normal; }
  .ac-actionSet { flex-wrap: wrap; row-gap: 8px; }
  .ac-horizontal-separator { margin: 0; }`

/** Draws the cards in the look that is chosen. It runs in the page. */
const DRAW = `
  // The cards read no Markdown: what has a backslash before it stands for itself.
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const shown = document.createElement('span');
    shown.textContent = text.replaceAll(/\\\\([!-/:-@[-\`{-~])/g, '$1');
    result.outputHtml = shown.innerHTML;
    result.didProcess = true;
  };
  function draw(theme) {
    document.body.className = theme;
    for (const button of document.querySelectorAll('.theme'))
      button.setAttribute('aria-pressed', String(button.value === theme));
    const main = document.querySelector('main');
    main.replaceChildren(...SAMPLES.map(({ name, language, card }) => {
      const section = document.createElement('section');
      section.lang = language;
      const heading = document.createElement('h2');
      heading.textContent = name + ' (' + language + ')';
      const drawn = new AdaptiveCards.AdaptiveCard();
      drawn.hostConfig = new AdaptiveCards.HostConfig(CONFIGS[theme]);
      drawn.parse(card);
      const place = document.createElement('div');
      place.className = 'card';
      place.append(drawn.render());
      // The renderer forgets the label of a box to search in that has something in it.
      for (const box of place.querySelectorAll('.ac-choiceSetInput-filtered'))
        box.setAttribute('aria-labelledby', box.closest('.ac-input-container').previousElementSibling.id);
      section.append(heading, place);
      return section;
    }));
  }
  for (const button of document.querySelectorAll('.theme')) button.onclick = () => draw(button.value);
  draw(location.hash.slice(1) in CONFIGS ? location.hash.slice(1) : 'light');`

/** The page as HTML. Throws `ToolError` where the renderer is not installed. */
export function previewPage(title: string, samples: Sample[]): string {
  const configs = Object.fromEntries(Object.entries(THEMES).map(([name, theme]) => [name, hostConfig(theme)]))
  const themes = Object.keys(THEMES).map((name) => `<button class="theme" value="${name}">${name}</button>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${LAYOUT}${Object.entries(THEMES)
    .map(([name, theme]) => styleOf(name, theme))
    .join('')}
</style>
</head>
<body>
<header><h1>${title}</h1> ${themes.join(' ')}</header>
<main></main>
<script>${renderer()}</script>
<script>
  const SAMPLES = ${inScript(samples)};
  const CONFIGS = ${inScript(configs)};
${DRAW}
</script>
</body>
</html>
`
}

/** JSON that no text in it can end the script with. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)

/** A development package, so it is read by its path and only here. */
function renderer(): string {
  try {
    return readFileSync(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8')
  } catch {
    throw new ToolError('The preview is drawn with the package "adaptivecards", which is not installed; run: npm ci')
  }
}
