/** Characters of a question whose answer is kept. */
const LONGEST = 500

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
    const question = args.length === 1 ? String(args[0]) : args.join('\0')
    const known = answers.get(question)
    if (known !== undefined) return known
    if (answers.size >= most) answers.clear()
    const answer = compute(...args)
    // What comes from outside may be of any length; it is answered, but not kept.
    if (question.length <= LONGEST) answers.set(question, answer)
    return answer
  }
}

/** What follows from an object that never changes, such as a roster or a dialog: worked out once for as long as there is the object. */
export function derived<K extends object, R>(compute: (from: K) => R): (from: K) => R {
  const answers = new WeakMap<K, R>()
  return (from) => {
    const known = answers.get(from)
    if (known !== undefined) return known
    const answer = compute(from)
    answers.set(from, answer)
    return answer
  }
}
