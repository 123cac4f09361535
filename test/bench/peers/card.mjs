/** A small card with one button, as an answer to a click. @param {number} count */
export const cardOf = (count) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: `Click ${count}`, wrap: true }],
  actions: [{ type: 'Action.Execute', title: 'Next', verb: 'step', data: { session: 'one', step: String(count) } }],
})
