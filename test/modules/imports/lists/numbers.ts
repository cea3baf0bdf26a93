export const [own, other, third] = ['13900000001', '13900000002', '13900000003'] as const
