/** The shape of what Teams sends, as far as we read it: whatever is of another kind than it should be ends here. */
import type { Activity } from 'botbuilder'
import * as z from 'zod'

const text = z.string().nullish()
/** Ids become parts of keys: half a character would make two of them the same. */
const id = z.string().refine((given) => given.isWellFormed())
const named = z.object({ id: id.nullish(), name: text, aadObjectId: id.nullish() }).nullish()
const people = z.array(z.object({ id: id.nullish() })).nullish()
const withId = z.object({ id: id.nullish() }).nullish()

const ACTIVITY = z.object({
  type: z.string().min(1),
  id: id.nullish(),
  name: text,
  text,
  locale: text,
  action: text,
  replyToId: id.nullish(),
  deliveryMode: text,
  from: named,
  recipient: named,
  conversation: z.object({
    id: id.refine((given) => given !== ''),
    conversationType: text,
    tenantId: text,
    isGroup: z.boolean().nullish(),
  }),
  channelData: z.object({ team: withId, tenant: withId, channel: withId, eventType: text }).nullish(),
  entities: z.array(z.object({ type: text, text, mentioned: withId })).nullish(),
  membersAdded: people,
  membersRemoved: people,
  reactionsAdded: z.array(z.unknown()).nullish(),
  reactionsRemoved: z.array(z.unknown()).nullish(),
})

/** Whether everything that is read of an activity is of the kind it should be; what is in `value` is looked at where it is used. */
export const isWhole = (activity: Activity): boolean => ACTIVITY.safeParse(activity).success
