/** Octeth's error codes. Admin.Login and Admin.Update number theirs separately; the large ones are for every command. */
export const LOGIN = {
  usernameMissing: 1,
  passwordMissing: 2,
  wrong: 3,
  captchaMissing: 4,
  captchaWrong: 5,
  codeWrong: 101,
} as const;

export const UPDATE = {
  nameMissing: 1,
  /** Also for one that can't be used: Octeth has no code for it. */
  usernameMissing: 2,
  /** Of the older generation, which wanted a password; here for one that is too short. */
  passwordMissing: 3,
  emailMissing: 4,
  adminUnknown: 6,
  emailInvalid: 7,
  notOwn: 8,
} as const;

export const CODE = { signedOut: 99998, notAllowed: 99999 } as const;
