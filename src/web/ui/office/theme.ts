import type { ThemeConfig } from 'antd'
import { colours, fonts, sizes } from '../../tokens.ts'

/** The tokens as antd understands them. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorSuccess: colours.good,
    colorWarning: colours.warn,
    colorError: colours.bad,
    colorText: colours.ink,
    colorTextSecondary: colours.soft,
    colorTextTertiary: colours.soft,
    colorTextDescription: colours.soft,
    colorTextPlaceholder: colours.soft,
    colorBorder: '#8b949e',
    colorBorderSecondary: colours.line,
    colorBgLayout: colours.ground,
    fontSize: sizes.text,
    borderRadius: sizes.radius,
    fontFamily: fonts.text,
    controlHeight: 34,
    motion: false,
  },
  components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
}
