export const messages = {
  asTable: 'As a table',
} as const;
