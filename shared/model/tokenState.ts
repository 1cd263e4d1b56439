/** What a token is worth now. `expires`: it works and will stop by itself; `staff_off`: its account may not act. */
export const TOKEN_STATES = ['active', 'expires', 'expired', 'off', 'staff_off'] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

/** The one rule of which tokens work: the API, the screen and the command line ask it. */
export function tokenStateAt(
  token: {
    readonly isActive: boolean;
    readonly expiresAt: number | null;
    readonly boundTo: { readonly isActive: boolean } | null;
  },
  now: number,
): TokenState {
  if (!token.isActive) return 'off';
  if (token.expiresAt !== null && token.expiresAt <= now) return 'expired';
  if (token.boundTo?.isActive === false) return 'staff_off';
  return token.expiresAt === null ? 'active' : 'expires';
}

export function isWorking(state: TokenState): boolean {
  return state === 'active' || state === 'expires';
}
