import library from 'pptxgenjs'

/** Its types are written for another kind of module than it is: what is imported is the class itself. */
export const PptxGenJS = library as unknown as typeof library.default

export type PptxFile = library.default
export type Slide = library.default.Slide
export type Text = string | library.default.TextProps[]
export type TextOptions = library.default.TextPropsOptions
export type Points = NonNullable<library.default.ShapeProps['points']>

/** A shape of one's own making; it is missing from the library's list of names. */
export const CURVE = 'custGeom' as library.default.SHAPE_NAME

/** 16:9, in inches. */
export const WIDE = 13.333
export const HIGH = 7.5
/** Room to the left and right. */
export const EDGE = 0.8
export const INNER = WIDE - 2 * EDGE
