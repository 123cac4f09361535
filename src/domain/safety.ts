/**
 * Whether a note plainly speaks of a child in danger, so that the duty to notify is shown at once (guidance §4, "Duties
 * outside the bot" and the safety card). Words that anybody can read, and no score: whether it is so, a person judges.
 */
import { type Finder, finder } from './message/phrases.ts'
import { sentencesIn, wordsIn } from './message/reading.ts'

/** `home`: an adult may be hurting the child. `acute`: the child may hurt itself. */
export type Danger = (typeof DANGERS)[number]
const DANGERS = ['home', 'acute'] as const

const HITS =
  'slår/slog/slået/sparker/sparkede/sparket/truer/truede/tæsker/tæskede/banker/bankede/ruskede/brænder/brændte'
const CHILD = 'mig/ham/hende/barnet/børnene/os/dem/eleven/drengen/pigen/søn/datter'
const ADULT =
  'far/mor/faren/moren/forældrene/stedfar/stedmor/papfar/papmor/stedfaren/stedmoren/storebror/onkel/bedstefar/bedstemor/kæreste'

/** Notes are written in either language, whatever the team speaks. */
const WORDS: Record<Danger, string> = {
  home: `${ADULT} … ${HITS} … ${CHILD} | slår/slog/slået/sparket … derhjemme | slået … af sin/min … ${ADULT} | får/fik/fået … bank/tæsk/smæk/lussinger | vold i hjemmet | vold i familien | vold derhjemme | voldelig … derhjemme
    | bange for … ${ADULT} | bange for at gå/komme hjem | tør ikke … gå/komme hjem | tør ikke … hjem | låst/låses/låser … inde | overgreb* | misbrugt seksuelt | seksuelt … misbrug* | rører/rørte/rørt … ved mig | ${ADULT} … rører/rørte/rørt … ved ham/hende/mig | blottede sig for
    | father/mother/dad/mum/mom/stepfather/stepdad/stepmother/stepmum/boyfriend/girlfriend/uncle/grandfather/brother … hits/hit/beats/beat/kicks/kicked/hurts/slaps/slapped/threatens/threatened/burned/burnt/shakes/shook … me/him/her/them/us/child/children/son/daughter | hit/hits/beaten/beats/hurt/kicked … at home
    | afraid/scared/frightened of … father/mother/dad/mum/mom/stepfather/stepdad/stepmother/stepmum | afraid/scared/frightened to go home | afraid/scared/frightened of going home | does not dare … go home | violence at home | domestic violence | sexual abuse | sexually abused | sexually assaulted | abused at home | touches/touched … me/him/her … private/there | locked in … room/cellar/basement`,
  acute: `selvmord* | vil ~ ikke leve | gider ~ ikke leve | ikke vil/gider/orker ~ leve | ikke … lyst til at leve | lyst til at dø | ville ønske … død | tage livet af | tage sit/mit eget liv | slå … ihjel | skærer/skar/skåret/skære … i sig/mig/armen/armene/benet | skære i sine/mine/armen | cutter | gøre/gør/gjort … skade på sig/mig selv | overdosis | ikke fandtes | bedre … døde/var død
    | suicid* | does not want to live | doesn't want to live | don't want to live | do not want to live | wants to die | want to die | wanted to die | wishes … dead | wish … were/was dead | kill himself/herself/themselves/myself | end his/her/my life | cuts/cutting/cut … himself/herself/myself/arm/arms/wrist/wrists | hurts/hurting/harms/harming himself/herself/myself | self harm* | overdose`,
}

const NONE: ReadonlySet<string> = new Set()
const SPELLING = { abbreviations: NONE, respelt: {} }
const EMPHATIC: ReadonlySet<string> = new Set(['mere', 'længere', 'rigtig'])
const FINDERS: Record<Danger, Finder> = {
  home: finder({ hits: WORDS.home, unless: 'slår sig | slog sig | slår græs' }, EMPHATIC),
  acute: finder({ hits: WORDS.acute, unless: 'slå … ihjel tiden | slå tiden ihjel | slå … ihjel i spillet' }, EMPHATIC),
}

/** What a text plainly speaks of, if anything. Takes time in proportion to its length. */
export function dangerIn(text: string): Danger | undefined {
  const words = wordsIn(text, SPELLING)
  // Most notes hold no word that any of it begins with, and need not be read further.
  const possible = DANGERS.filter((danger) => words.some(({ lower }) => FINDERS[danger].begins(lower)))
  if (possible.length === 0) return undefined
  const sentences = sentencesIn(text, words, SPELLING)
  return possible.find((danger) => FINDERS[danger].has(sentences))
}
