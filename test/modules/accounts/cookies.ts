export const cookieOf = (headers: Record<string, unknown>) =>
  String((headers['set-cookie'] as string[] | undefined)?.[0] ?? '')
