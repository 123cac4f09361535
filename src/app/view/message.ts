/** What the writing coach shows: where to put a draft, and what it found. A draft itself is never shown again. */
import type { Words } from '../../dialog/words.ts'
import type { CheckedMessage } from '../../domain/message/check.ts'
import { LONGEST_DRAFT } from '../../domain/message/draft.ts'
import type { Finding } from '../../domain/message/finding.ts'
import type { Understood } from '../../domain/team.ts'
import type { Card } from '../ports.ts'
import { type Scene, say, sayDay, sharedIn, tomorrowOf } from '../scene.ts'
import { type Button, button, commandButton, draw, field, notice } from './parts.ts'

export interface FindingView {
  what: string
  quote: string
  why: string
  instead: string
}

/** A finding in words. The wording to borrow is in the language of the message, whatever its writer speaks with us. */
export function sayFinding({ kind, quote, values }: Finding, words: Words, borrowed = words): FindingView {
  const path = `message.findings.${kind}`
  return {
    what: words.say(`${path}.what`, values),
    quote,
    why: words.say(`${path}.why`, values),
    instead: borrowed.say(`${path}.instead`, values),
  }
}

/** A card to put a draft into; `fault` says what was wrong with the last one. */
export function draftCard(scene: Scene, fault?: string): Card {
  const draft = field({
    kind: 'text',
    id: 'draft',
    label: say(scene, 'message.ask.label'),
    placeholder: say(scene, 'message.ask.placeholder'),
    required: true,
    missing: say(scene, 'message.faults.empty'),
    lines: true,
    max: LONGEST_DRAFT,
  })
  const check = button(
    say(scene, 'message.ask.check'),
    'check-message',
    { team: scene.team.id },
    { style: 'positive', inputs: 'auto' },
  )
  return notice(scene, {
    title: say(scene, 'message.ask.title'),
    texts: [say(scene, 'message.ask.text'), say(scene, 'message.ask.kept')],
    faults: fault ? [fault] : [],
    fields: [draft],
    actions: [check],
  })
}

/** What was found in a message written in this language. */
export function checkedCard(scene: Scene, { verdict, lix, findings }: CheckedMessage, language: Understood): Card {
  // Somebody who is upset needs a night's sleep, not a list.
  const told = verdict === 'wait' ? findings.slice(0, 1) : findings
  return draw(scene, 'message', {
    title: say(scene, `message.verdicts.${verdict}.title`),
    text: say(scene, `message.verdicts.${verdict}.text`, { count: told.length }),
    instead: say(scene, 'message.instead'),
    findings: told.map((finding) =>
      sayFinding(finding, sharedIn(scene.content, scene.language), sharedIn(scene.content, language)),
    ),
    footer: verdict === 'wait' ? '' : say(scene, 'message.lix', { lix }),
    actions: buttonsFor(scene, verdict),
  })
}

function buttonsFor(scene: Scene, verdict: CheckedMessage['verdict']): Button[] {
  const again = commandButton(scene, say(scene, 'message.again'), 'message-check')
  const call = commandButton(scene, say(scene, 'help.lines.call-prep'), 'call-prep', '', { style: 'positive' })
  if (verdict === 'wait') return [coolOffButton(scene), again]
  return verdict === 'call' ? [call, again] : [again]
}

const coolOffButton = (scene: Scene): Button =>
  button(
    say(scene, 'message.coolOff.button', { on: sayDay(scene, tomorrowOf(scene)) }),
    'cool-off',
    { team: scene.team.id },
    { style: 'positive' },
  )
