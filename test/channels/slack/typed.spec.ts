import assert from 'node:assert/strict'
import fc from 'fast-check'
import { asTyped, mentionedIn } from '../../../src/channels/slack/typed.ts'

/** As Slack writes what people type. */
const written = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const anyText = fc.string({ unit: 'binary', maxLength: 60 })
const names = new Map([['U0KAREN001', 'Karen Holm']])

describe('what is typed in Slack', () => {
  it('is read as it was typed', () => {
    assert.equal(asTyped('  Matematik &amp; &lt;dansk&gt; \u00a0'), 'Matematik & <dansk>')
    assert.equal(asTyped('skriv til <mailto:lise@skole.example|lise@skole.example>'), 'skriv til lise@skole.example')
    assert.equal(
      asTyped('ring <tel:+4512345678|12 34 56 78> eller <tel:+4587654321>'),
      'ring 12 34 56 78 eller +4587654321',
    )
    assert.equal(asTyped('se <https://skole.example/a?b=1&amp;c=2>'), 'se https://skole.example/a?b=1&c=2')
    assert.equal(asTyped('i <#C0TRIVSEL1|trivsel> og <#C0SKJULT01>'), 'i #trivsel og #C0SKJULT01')
    assert.equal(asTyped('<!here|@here> <!channel>'), '@here channel')
  })

  it('names a colleague where one was mentioned', () => {
    assert.equal(asTyped('spørg <@U0KAREN001> om det', names), 'spørg Karen Holm om det')
    assert.equal(asTyped('spørg <@U0BIRTE001|birte.friis> om det', names), 'spørg birte.friis om det')
    assert.equal(asTyped('spørg <@U0UKENDT01> om det', names), 'spørg  om det')
  })

  it('tells which names have to be looked up', () => {
    assert.deepEqual(mentionedIn('<@U1> og <@U2|bo>, <#C1>, <!here>, <mailto:a@b.example>, <@U3>'), ['U1', 'U3'])
  })

  it('tells each of them once', () => {
    assert.deepEqual(mentionedIn('<@U1> <@U2> <@U1>'), ['U1', 'U2'])
  })

  it('comes through unchanged, whatever it is', () => {
    const typed = anyText.map((text) => text.replaceAll('\u00a0', ' '))
    fc.assert(fc.property(typed, (text) => assert.equal(asTyped(written(text)), text.trim())))
  })

  it('decodes once only: what somebody typed as a code stays one', () => {
    assert.equal(asTyped(written('&lt;@U0KAREN001&gt; &amp;amp;'), names), '&lt;@U0KAREN001&gt; &amp;amp;')
  })

  it('keeps no sign of a mention, wherever it stands', () => {
    const mention = fc.tuple(fc.stringMatching(/^[UW][A-Z0-9]{1,10}$/), fc.option(fc.stringMatching(/^[^<>|&]{0,10}$/)))
    const pieces = fc.array(
      fc.oneof(
        // Without the end of a code: what was typed as "<@" is to come through.
        anyText.map((text) => written(text).replaceAll(';', '')),
        mention.map(([id, label]) => (label === null ? `<@${id}>` : `<@${id}|${label}>`)),
      ),
    )
    fc.assert(fc.property(pieces, (all) => assert.doesNotMatch(asTyped(all.join(''), names), /<[@#!]/)))
  })

  it('is read without complaint, whatever Slack may send', () => {
    const odd = fc.array(fc.constantFrom('<', '>', '@', '#', '!', '|', '&', 'amp;', 'U1', '<@', '<@U1>', '\ud800'))
    fc.assert(
      fc.property(
        fc.oneof(
          odd.map((all) => all.join('')),
          anyText,
        ),
        (text) => {
          assert.equal(typeof asTyped(text, names), 'string')
          assert.ok(mentionedIn(text).every((id) => id !== ''))
        },
      ),
    )
  })

  it('takes no longer the stranger it is', () => {
    for (const part of ['<', '<@', '<@U1|', '&', '<a|'])
      for (const read of [asTyped, mentionedIn]) {
        const started = performance.now()
        read(part.repeat(20_000))
        assert.ok(performance.now() - started < 200, `${read.name} of ${part}`)
      }
  })
})
