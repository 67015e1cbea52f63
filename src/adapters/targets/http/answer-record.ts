import { createHash, type Hash } from 'node:crypto';

/** What one reading cost and what it saw: calls made, bytes of bodies received, SHA-256 over those bodies in order. */
export class AnswerRecord {
  private readonly hash: Hash = createHash('sha256');
  private callsMade = 0;
  private bytesRead = 0;

  call(): void {
    this.callsMade += 1;
  }

  /** Counts a piece of a body; `secret` pieces (token answers) are counted and left out of the hash. */
  body(chunk: Uint8Array, secret: boolean): void {
    this.bytesRead += chunk.byteLength;
    if (!secret) this.hash.update(chunk);
  }

  get calls(): number {
    return this.callsMade;
  }

  get bytes(): number {
    return this.bytesRead;
  }

  /** Lower-case hexadecimal, over everything so far. */
  get rawHash(): string {
    return this.hash.copy().digest('hex');
  }
}
