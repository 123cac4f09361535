/**
 * What a promise gives, or something else where that takes longer than so many milliseconds. The timer ends with it: timers
 * left to themselves hold what they waited with for seconds, and a busy process has thousands of them.
 */
export const within = <T, L>(milliseconds: number, promise: Promise<T>, late: L): Promise<T | L> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), milliseconds)
    promise.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
