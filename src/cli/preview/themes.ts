/** The looks a card can have in Teams. Every colour of a text has at least 4.5:1 on each ground it can stand on. */

interface Theme {
  ground: string
  text: string
  subtle: string
  border: string
  accent: string
  good: string
  attention: string
  /** The grounds that set a part of a card off. */
  emphasisGround: string
  accentGround: string
  attentionGround: string
  button: string
  onButton: string
}

export const THEMES: Record<string, Theme> = {
  light: {
    ground: '#ffffff',
    text: '#242424',
    subtle: '#5c5c5c',
    border: '#8a8a8a',
    accent: '#4f52b2',
    good: '#0e6a0e',
    attention: '#a4262c',
    emphasisGround: '#f5f5f5',
    accentGround: '#eef0fb',
    attentionGround: '#fdf3f4',
    button: '#5b5fc7',
    onButton: '#ffffff',
  },
  dark: {
    ground: '#292929',
    text: '#ffffff',
    subtle: '#c8c8c8',
    border: '#9a9a9a',
    accent: '#a6a7dc',
    good: '#8bd08b',
    attention: '#f1a1a6',
    emphasisGround: '#1f1f1f',
    accentGround: '#2f2f4a',
    attentionGround: '#3b2526',
    button: '#5b5fc7',
    onButton: '#ffffff',
  },
  contrast: {
    ground: '#000000',
    text: '#ffffff',
    subtle: '#ffffff',
    border: '#ffffff',
    accent: '#ffff01',
    good: '#3ff23f',
    attention: '#ffb3b3',
    emphasisGround: '#000000',
    accentGround: '#000000',
    attentionGround: '#000000',
    button: '#1aebff',
    onButton: '#000000',
  },
}

/** A theme as the renderer takes it. */
export function hostConfig(theme: Theme): object {
  const colour = (shade: string) => ({ default: shade, subtle: shade })
  const onGround = (backgroundColor: string) => ({
    backgroundColor,
    foregroundColors: {
      default: { default: theme.text, subtle: theme.subtle },
      accent: colour(theme.accent),
      good: colour(theme.good),
      warning: colour(theme.attention),
      attention: colour(theme.attention),
      light: colour(theme.subtle),
      dark: colour(theme.text),
    },
  })
  return {
    fontFamily: '"Segoe UI", system-ui, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme.border },
    textBlock: { headingLevel: 3 },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'bolder', color: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder', color: 'default' },
      },
      errorMessage: { color: 'attention', weight: 'bolder' },
    },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
    containerStyles: {
      default: onGround(theme.ground),
      emphasis: onGround(theme.emphasisGround),
      accent: onGround(theme.accentGround),
      attention: onGround(theme.attentionGround),
      good: onGround(theme.emphasisGround),
      warning: onGround(theme.attentionGround),
    },
    factSet: { title: { weight: 'bolder', wrap: true }, value: { wrap: true }, spacing: 16 },
  }
}

/** What the renderer leaves to a style sheet. */
export const styleOf = (name: string, theme: Theme): string => `
  .${name} { background: ${theme.ground}; color: ${theme.text}; }
  .${name} .card { border: 1px solid ${theme.border}; background: ${theme.ground}; }
  .${name} .ac-input { background: ${theme.ground}; color: ${theme.text}; border: 1px solid ${theme.border}; }
  .${name} .ac-input::placeholder { color: ${theme.subtle}; opacity: 1; }
  .${name} .ac-pushButton { background: ${theme.ground}; color: ${theme.text}; border: 1px solid ${theme.border}; }
  .${name} .ac-pushButton.style-positive { background: ${theme.button}; color: ${theme.onButton}; }
  .${name} .ac-pushButton.style-destructive { color: ${theme.attention}; }
  .${name} .theme { background: ${theme.ground}; color: ${theme.text}; border: 1px solid ${theme.border}; }
  .${name} .theme[aria-pressed=true] { background: ${theme.button}; color: ${theme.onButton}; }`
