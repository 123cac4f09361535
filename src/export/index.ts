import type { FileMakers } from '../app/ports.ts'

/**
 * Every file there is. The builders know neither cases nor channels: what stands in a file, the core decides. Each is loaded
 * when somebody wants its first file: Word's and PowerPoint's libraries hold ten megabytes, and most days nobody asks.
 */
export const fileMakers: FileMakers = {
  invitation: async (given) => (await import('./invitation.ts')).invitation(given),
  minutes: async (given) => (await import('./minutes.ts')).minutes(given),
  deck: async (given) => (await import('./deck.ts')).deck(given),
}
