import * as v from 'valibot';

/** A list of leavers as it is sent. The entries are looked at one by one, so that a bad one spoils no other. */
export const leaverListInput = v.strictObject({ v: v.literal(1), leavers: v.array(v.unknown()) });

const name = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(255)));

/** One entry. Whether exactly one of `id`, `login` and `employeeNumber` is given is told apart from the form. */
export const leaverInput = v.strictObject({
  id: name,
  login: name,
  employeeNumber: name,
  kind: v.picklist(['leaver', 'mover', 'contract-ended']),
  at: v.pipe(v.string(), v.maxLength(40)),
});
