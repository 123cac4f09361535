import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { withoutEscapes } from '../../../src/app/markdown.ts'
import { escapeText, plain, shorten } from '../../../src/channels/slack/text.ts'

describe('a text for Slack', () => {
  it('is shortened so that it shows, and no letter is torn apart', () => {
    assert.equal(shorten('Ring hjem', 9), 'Ring hjem')
    assert.equal(shorten('Ring hjem', 8), 'Ring hj…')
    assert.equal(shorten('ab🪢cd', 4), 'ab…')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const shown = shorten(text, max)
        assert.ok(shown.length <= max && shown.isWellFormed())
        assert.ok(text.length <= max ? shown === text : shown.endsWith('…') && text.startsWith(shown.slice(0, -1)))
      }),
    )
  })

  it('is never empty, which Slack refuses', () => {
    for (const nothing of ['', ' ', '\n']) assert.equal(plain(nothing, 75).text, '…')
  })

  it('mentions nobody beside the blocks, and is cut between signs, not within their codes', () => {
    assert.equal(escapeText('<!channel> & <@U1>'), '&lt;!channel&gt; &amp; &lt;@U1&gt;')
    assert.equal(escapeText('&&&', 2), '&amp;…')
  })

  it('loses the escapes that Markdown needs, and no other backslash', () => {
    assert.equal(withoutEscapes(String.raw`\*a\* \\ 1\. \n`), String.raw`*a* \ 1. \n`)
  })
})
