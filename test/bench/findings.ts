/** One thing the bench was asked to find out. */
export interface Finding {
  what: string
  target: string
  measured: string
  /** `undefined` where this machine cannot tell. */
  met: boolean | undefined
}

export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
export const thousands = (value: number): string => Math.round(value).toLocaleString('en')
export const times = (value: number): string => `${value.toFixed(2)} ×`
