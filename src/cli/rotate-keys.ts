import { rotateKeys } from '../store/rotate.ts'
import { withStore } from './installation.ts'
import { readArguments, type Tool } from './tool.ts'

/** Seals everything with the first key of the ring, so that the others can be taken out. */
export const rotating: Tool = {
  what: 'seals everything anew with the first of TOVHOLDER_KEYS, and says how much is left under the others',
  run: (args, context) => {
    readArguments(args)
    return withStore(context, async ({ redis, ring }) => {
      const { print } = context
      const { resealed, left } = await rotateKeys({ redis, ring })
      print(`${resealed} documents are sealed anew with "${ring.writer.id}".`)
      const others = Object.entries(left)
      for (const [id, count] of others)
        print(
          ring.readers.has(id)
            ? `${count} are still sealed with "${id}": a running process writes with it. Restart it with the new TOVHOLDER_KEYS and run this again.`
            : `${count} need the key "${id}", which is not in TOVHOLDER_KEYS: put it behind the first and run this again.`,
        )
      if (others.length === 0) print('0 are left under another key: the others can be taken out of TOVHOLDER_KEYS.')
      return others.length === 0 ? 0 : 1
    })
  },
}
