/**
 * Additional style of the volunteer's page. All lengths follow the reader's font size, and elements side by side wrap
 * when they do not fit: nothing leaves its card at twice the font size or on a watch-wide screen.
 */
export const linkStyle = `
main{padding:0 min(1rem,4vw)}.card{padding:min(1rem,4vw)}
.who{margin:.2rem 0}.nobr{white-space:nowrap}.soft{margin:.2rem 0}
.state{display:flex;gap:min(.6rem,2vw);align-items:baseline;border-left:4px solid var(--soft);padding:.55rem min(.8rem,3vw);margin:.9rem 0;background:var(--ground);border-radius:0 8px 8px 0}
.state b{flex:none}.state>div{min-width:0}.state.good{border-color:var(--green)}.state.good b{color:var(--green)}.state.warn{border-color:var(--amber)}.state.warn b{color:var(--amber)}.state.bad{border-color:var(--red)}.state.bad b{color:var(--red)}.state p{margin:0}.state p+p{margin-top:.2rem}
.when{font-size:1.2rem;font-weight:600;line-height:1.4;margin:.1rem 0 .6rem}
.facts{margin:0}.facts div{display:flex;flex-wrap:wrap;gap:0 .8rem;padding:.15rem 0}.facts dt{flex:0 0 auto;min-width:5em;max-width:100%;color:var(--soft)}.facts dd{flex:1 1 9em;min-width:0;max-width:100%;margin:0}
.risk{border:1px solid var(--amber);border-radius:8px;padding:.5rem .8rem;margin:.8rem 0}.risk strong{color:var(--amber)}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--link);padding:.6rem 0;min-height:44px}form{margin:0}
.tel,.more a{display:inline-block;max-width:100%;min-height:44px;padding:.4rem min(.9rem,3vw);border:1px solid currentColor;border-radius:22px;font-variant-numeric:tabular-nums;text-decoration:none}
.off h2,.off .when{text-decoration:line-through;color:var(--soft)}.child{font-size:1.1rem;font-weight:600;margin:1.4rem 0 .2rem}
.tick{display:flex;gap:.6rem;align-items:flex-start;padding:.6rem 0;min-height:44px}.tick input{flex:none;width:1.3em;height:1.3em;margin:.1em 0}
.more{display:flex;flex-wrap:wrap;gap:.6rem;margin:.6rem 0}h1,h2,button{overflow-wrap:anywhere}
`.trim()
