/** The browser inside WeChat neither uploads, saves nor prints files: says how to get to one that does. */
export function InWeChat({ className, text }: { className: string; text: string }) {
  if (!/MicroMessenger/.test(navigator.userAgent)) return null
  return (
    <div className={className} role="status">
      {text}
    </div>
  )
}
