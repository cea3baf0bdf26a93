/**
 * The CSS of every server-rendered page: one column, phones first, light and dark, no images, no web fonts.
 * `card`: a block; `fact`: a list of dt/dd; `button` (`primary`, `quiet`, `danger`): a link or button of full width;
 * `note` (`good`, `warn`, `bad`): a message with a symbol, so that the meaning does not depend on colour alone.
 */
export const style = `
:root{--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--ground:#f6f8fa;--card:#fff;--red:#b3261e;--green:#1a6e34;--amber:#8a5a00;--link:#0b57a4;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9b1ba;--line:#3b434b;--ground:#14171a;--card:#1d2125;--red:#ff8a80;--green:#7ddc95;--amber:#f2c14e;--link:#8ab8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:36rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.1rem;display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
header a{font-weight:600;color:inherit;text-decoration:none}
h1{font-size:min(1.5rem,12vw);line-height:1.3;margin:1.1rem 0 .5rem}h2{font-size:1.1rem;margin:0 0 .5rem}p{margin:.5rem 0}a{color:var(--link)}
.soft,footer{color:var(--soft);font-size:.9rem}footer{padding:1.2rem 1rem 2rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem;margin:1rem 0}
dl.fact{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:0}dl.fact dt{color:var(--soft)}dl.fact dd{margin:0}
.button,button{display:block;width:100%;min-height:48px;padding:.65rem 1rem;margin:.6rem 0;border:1px solid var(--line);border-radius:10px;background:var(--card);color:var(--ink);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.primary{background:#b3261e;border-color:#b3261e;color:#fff}.danger{color:var(--red);border-color:currentColor}.quiet{border-color:transparent;background:none;color:var(--link);font-weight:400}
label{display:block;font-weight:600;margin:.6rem 0 .3rem}
input,select,textarea{width:100%;min-height:48px;padding:.5rem .8rem;border:1px solid var(--soft);border-radius:10px;background:var(--card);color:inherit;font:inherit}
input[type=checkbox],input[type=radio]{width:1.3rem;min-height:1.3rem;margin-right:.5rem;vertical-align:middle}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.note{border-left:4px solid var(--soft);padding:.5rem .8rem;margin:1rem 0;background:var(--card)}.good{border-color:var(--green)}.warn{border-color:var(--amber)}.bad{border-color:var(--red)}
.clock{margin:0;background:#5b3f00;color:#fff;text-align:center;padding:.35rem 1rem;font-size:.9rem}
.code{letter-spacing:.15em;text-transform:uppercase}
@media print{body{background:#fff}.button,button{display:none}.card{border-color:#999}}
`.trim()
