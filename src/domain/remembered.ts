/**
 * A pure function that remembers its latest answers: for what is asked again and again about the same few days, where a
 * library takes 5 to 15 µs for the answer.
 * @param most Answers kept; one more, and all are forgotten.
 */
export function remembered<A extends (string | number)[], R>(
  compute: (...args: A) => R,
  most = 1000,
): (...args: A) => R {
  const answers = new Map<string, R>()
  return (...args) => {
    const question = args.join('\0')
    const known = answers.get(question)
    if (known !== undefined) return known
    if (answers.size >= most) answers.clear()
    const answer = compute(...args)
    answers.set(question, answer)
    return answer
  }
}
