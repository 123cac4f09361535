import type { FileMakers } from '../app/ports.ts'
import { deck } from './deck.ts'
import { invitation } from './invitation.ts'
import { minutes } from './minutes.ts'

/** Every file there is. The builders know neither cases nor channels: what stands in a file, the core decides. */
export const fileMakers: FileMakers = { invitation, minutes, deck }
