// @ts-nocheck The project's types know no browser.
/** Lays Block Kit out as Slack does: the blocks and fields that the fake Slack knows. Texts only ever become text nodes. */

/** An element with these properties, `data-…` and `aria-…` attributes, and children; those that are nothing are left out. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties))
    if (name.includes('-')) made.setAttribute(name, value)
    else made[name] = value
  made.append(...children.flat().filter((child) => child !== undefined && child !== ''))
  return made
}

/** `press` is told of a click on a button: its block, and the element as Slack keeps it. */
export const drawBlocks = (blocks, { people, press }) =>
  el(
    'div',
    { className: 'blocks' },
    blocks.map((block) => drawBlock(block, { people, press })),
  )

function drawBlock(block, context) {
  switch (block.type) {
    case 'header':
      return el('h3', { className: 'header' }, block.text.text)
    case 'section':
      return el('div', { className: 'section' }, textObject(block.text))
    case 'context':
      return el('div', { className: 'context' }, block.elements.map(textObject))
    case 'divider':
      return el('hr')
    case 'rich_text':
      return el(
        'div',
        { className: 'rich' },
        block.elements.map((part) => richPart(part, context.people)),
      )
    case 'actions':
      return el(
        'div',
        { className: 'actions' },
        block.elements.map((element) => button(element, block, context)),
      )
    case 'input':
      return inputBlock(block, context)
    default:
      return notDrawn(block.type)
  }
}

const notDrawn = (type) => el('p', { className: 'refused' }, `This page draws no "${type}".`)

const textObject = ({ type, text }) => el('span', {}, ...(type === 'mrkdwn' ? drawMrkdwn(text) : [text]))

const MARKS = { '*': 'b', _: 'i', '~': 's', '`': 'code' }

/** Slack's own marks, as far as a bot of ours can come upon them. */
export function drawMrkdwn(text) {
  const shown = (piece) => piece.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  return text
    .split(/(?<![\p{L}\d])([*_~`][^\s*_~`](?:[^*_~`\n]*[^\s*_~`])?[*_~`])(?![\p{L}\d])/u)
    .map((piece, index) => {
      const tag = index % 2 === 1 && piece[0] === piece.at(-1) && MARKS[piece[0]]
      return tag ? el(tag, {}, shown(piece.slice(1, -1))) : shown(piece)
    })
}

const RICH = { rich_text_section: 'div', rich_text_quote: 'blockquote', rich_text_preformatted: 'pre' }

function richPart({ type, elements, style, border }, people) {
  if (type === 'rich_text_list')
    return el(
      style === 'ordered' ? 'ol' : 'ul',
      { className: border ? 'bordered' : '' },
      elements.map((item) => el('li', {}, richPart(item, people))),
    )
  return RICH[type]
    ? el(
        RICH[type],
        {},
        elements.map((run) => richRun(run, people)),
      )
    : notDrawn(type)
}

function richRun({ type, text, style = {}, user_id, url }, people) {
  if (type === 'user') return el('span', { className: 'mention' }, `@${nameOf(user_id, people)}`)
  if (type === 'link') return el('a', { href: url, target: '_blank', rel: 'noopener' }, text ?? url)
  if (type !== 'text') return notDrawn(type)
  const tags = { bold: 'b', italic: 'i', strike: 's', code: 'code' }
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), text)
}

export const nameOf = (user, people) => people.find(({ id }) => id === user)?.name ?? user

function button(element, block, { press }) {
  if (element.type !== 'button') return notDrawn(element.type)
  const className = `button ${element.style ?? ''}`
  if (element.url)
    return el('a', { className, href: element.url, target: '_blank', rel: 'noopener' }, element.text.text)
  return el('button', { type: 'button', className, onclick: () => press(block, element) }, element.text.text)
}

const GROUPS = { radio_buttons: 'radio', checkboxes: 'checkbox' }
let lastId = 0

function inputBlock(block, { people }) {
  const { element, label, hint, optional, block_id } = block
  const id = `field-${++lastId}`
  const name = `${block_id}/${element.action_id}`
  const title = [label.text, optional ? el('span', { className: 'optional' }, ' (optional)') : undefined]
  const below = hint ? el('p', { className: 'hint' }, hint.text) : undefined
  const data = { className: 'input', 'data-field': name, 'data-type': element.type, 'data-needed': String(!optional) }
  if (GROUPS[element.type]) {
    const boxes = element.options.map((option) => box(GROUPS[element.type], id, option, element))
    return el('fieldset', data, el('legend', {}, title), boxes, below)
  }
  const field = control(element, people)
  if (!field) return notDrawn(element.type)
  field.id = id
  return el('div', data, el('label', { htmlFor: id }, title), field, below)
}

function box(type, name, { text, value }, { initial_option, initial_options = [] }) {
  const checked = [initial_option, ...initial_options].some((chosen) => chosen?.value === value)
  return el('label', { className: 'box' }, el('input', { type, name, value, checked }), el('span', {}, text.text))
}

function control(element, people) {
  const placeholder = element.placeholder?.text
  switch (element.type) {
    case 'plain_text_input': {
      const text = { value: element.initial_value ?? '', placeholder: placeholder ?? '' }
      const limited = { ...text, maxLength: element.max_length ?? 3000 }
      return element.multiline ? el('textarea', { rows: 3, ...limited }) : el('input', { type: 'text', ...limited })
    }
    case 'datepicker':
      return dateField(element.initial_date ?? '', placeholder ?? 'Select a date')
    case 'static_select': {
      const options = element.options.map(({ text, value }) => [value, text.text])
      return select(options, element.initial_option?.value, placeholder ?? 'Select an item')
    }
    case 'users_select': {
      // Slack offers everybody of the workspace, members of the channel or not.
      const options = people.map(({ id, name }) => [id, name])
      return select(options, element.initial_user, placeholder ?? 'Select a user')
    }
    default:
      return undefined
  }
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A browser writes dates in its own way; Slack, in the words of its own language. */
function dateField(value, placeholder) {
  const field = el('input', { type: 'date', value, onclick: () => field.showPicker() })
  field.oninput = () => {
    field.dataset.shown = field.value ? day.format(new Date(field.value)) : placeholder
  }
  field.oninput()
  return field
}

function select(options, chosen, placeholder) {
  const all = [['', placeholder], ...options]
  const drawn = all.map(([value, text]) => el('option', { value, selected: value === (chosen ?? '') }, text))
  return el('select', {}, drawn)
}

const fieldsIn = (root) => [...root.querySelectorAll('[data-field]')]

/** What stands in the fields of something drawn, as the fake Slack takes it. */
export const fillsIn = (root) =>
  Object.fromEntries(fieldsIn(root).map((field) => [field.dataset.field, entered(field)]))

function entered(field) {
  const { type } = field.dataset
  const checked = [...field.querySelectorAll('input:checked')].map(({ value }) => value)
  if (type === 'checkboxes') return checked
  if (type === 'radio_buttons') return checked[0] ?? null
  return field.querySelector('input, textarea, select').value || null
}

/** A field that is still there when something is drawn anew keeps what stands in it: so Slack does it. */
export function refill(root, fills) {
  for (const field of fieldsIn(root)) {
    const value = fills[field.dataset.field]
    if (value === undefined) continue
    const boxes = field.querySelectorAll('.box input')
    for (const box of boxes) box.checked = [value].flat().includes(box.value)
    if (boxes.length > 0) continue
    const control = field.querySelector('input, textarea, select')
    control.value = value ?? ''
    control.oninput?.()
  }
}

/** Says at a field what is to be corrected, by its block; a modal stays open then. */
export function correct(root, errors) {
  for (const old of root.querySelectorAll('.wrong')) old.remove()
  for (const field of fieldsIn(root)) {
    const [block] = field.dataset.field.split('/')
    if (errors[block]) field.append(el('p', { className: 'wrong' }, errors[block]))
  }
}

/** What Slack's client says itself about fields of a modal that must be filled in. */
export const missingIn = (root) =>
  Object.fromEntries(
    fieldsIn(root)
      .filter((field) => field.dataset.needed === 'true' && (entered(field) ?? []).length === 0)
      .map((field) => [field.dataset.field.split('/')[0], 'Please complete this required field.']),
  )
