/** The product's colours, as in its icon: a cream rope with gold stitches on teal. */
export const COLOURS = {
  teal: '0F5C63',
  cream: 'FAF3E3',
  sand: 'E9DDC3',
  gold: 'C9973B',
  coral: 'B4472C',
  ink: '22333B',
  grey: '5F6B70',
  white: 'FFFFFF',
} as const

/** On every school's machine; where it is not, Carlito has the same widths. */
export const FONT = 'Calibri'
