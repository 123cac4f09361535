/** Something in a form that is not right. */
export interface Fault {
  /** The field it is about. */
  field: string
  /** Names the words in the word files. */
  code: string
  values?: Record<string, string | number>
}
