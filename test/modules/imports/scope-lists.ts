export const phone = '15400090001'
