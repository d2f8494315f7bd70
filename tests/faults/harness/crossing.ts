/** A moment at which a step speaks to the outside: before a call has left, or after it has taken effect. */
export interface Crossing {
  moment: 'before' | 'after';
  /** `database`, or service and operation, such as `secrets-manager PutSecretValue`. */
  what: string;
}

/**
 * Told of every crossing, in order, while the bytes wait: they go on when it returns or when its promise resolves.
 * When it throws they are lost, and the connection with them.
 */
export type Watch = (crossing: Crossing) => void | Promise<void>;

/** The bytes of this crossing are not to arrive. */
export class Lost extends Error {}
