import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Stored {
  payload: AdapterPayload;
  /** Epoch milliseconds; absent for what never expires. */
  expiresAt?: number;
}

/**
 * Keeps the provider's sessions, codes and tokens in memory. Losing them on a restart only means that people
 * sign in again.
 */
export class MemoryAdapter implements Adapter {
  readonly #model: string;
  readonly #storage: Map<string, Stored>;

  /** One store for all models of one provider, so that revoking a grant reaches every model. */
  static factory(): AdapterFactory {
    const storage = new Map<string, Stored>();
    return model => new MemoryAdapter(model, storage);
  }

  private constructor(model: string, storage: Map<string, Stored>) {
    this.#model = model;
    this.#storage = storage;
  }

  async upsert(
    id: string,
    payload: AdapterPayload,
    expiresIn?: number,
  ): Promise<void> {
    const expiresAt = expiresIn ? Date.now() + expiresIn * 1000 : undefined;
    this.#storage.set(this.#key(id), { payload, expiresAt });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#live(this.#key(id))?.payload;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findWhere(payload => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findWhere(payload => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const stored = this.#live(this.#key(id));
    if (stored) {
      stored.payload.consumed = Math.floor(Date.now() / 1000);
    }
  }

  async destroy(id: string): Promise<void> {
    this.#storage.delete(this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.#storage) {
      if (payload.grantId === grantId) {
        this.#storage.delete(key);
      }
    }
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }

  #live(key: string): Stored | undefined {
    const stored = this.#storage.get(key);
    if (stored?.expiresAt !== undefined && stored.expiresAt <= Date.now()) {
      this.#storage.delete(key);
      return undefined;
    }
    return stored;
  }

  #findWhere(
    matches: (payload: AdapterPayload) => boolean,
  ): AdapterPayload | undefined {
    for (const key of this.#storage.keys()) {
      if (key.startsWith(`${this.#model}:`)) {
        const stored = this.#live(key);
        if (stored && matches(stored.payload)) {
          return stored.payload;
        }
      }
    }
    return undefined;
  }
}
