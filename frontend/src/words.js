// What the page says, in both languages; the page's own language decides.
export const lang = document.documentElement.lang === "en" ? "en" : "zh";
const WORDS = {
  editor: ["SPARQL 查询编辑框", "SPARQL query editor"],
  keys: ["Ctrl+空格 补全（名称、拼音、英文均可），Tab 离开编辑框。", "Ctrl+Space completes (names, pinyin, English); Tab leaves the editor."],
  running: ["正在查询…", "Running…"],
  done: ["完成，用时 %s 秒", "Done in %s s"],
  failed: ["未能运行，原因见下", "It could not be run; the reason is below"],
  unreachable: ["无法连接服务器，请检查 kg serve 是否仍在运行", "the server cannot be reached - see whether kg serve is still running"],
  stop: ["停止", "Stop"],
  stopped: ["已停止", "Stopped"],
  share: ["复制链接", "Copy the link"],
  copied: ["链接已复制", "The link is copied"],
  address: ["链接在地址栏中", "The link is in the address bar"],
  history: ["历史", "History"],
  clear: ["清除历史", "Clear the history"],
  kept: ["只保存在此浏览器中。", "Kept in this browser only."],
  views: ["结果的显示方式", "How the answer is shown"],
  table: ["表格", "Table"],
  network: ["网络", "Network"],
  bar: ["柱图", "Bars"],
  timeline: ["时间线", "Time line"],
  more: ["另有 %s 项未画出，表格中有全部。", "%s more are not drawn; the table has them all."],
  ties: ["%s 个节点，%s 条关系", "%s nodes, %s ties"],
  bars: ["%s：按 %s", "%s by %s"],
  undated: ["%s 行没有日期", "%s rows without a date"],
  graph: ["命名图", "named graph"],
  class: ["类，%s 个实例", "class, %s instances"],
  property: ["属性，%s 条三元组", "property, %s triples"],
  concept: ["概念", "concept"],
};

export function say(word, ...values) {
  const text = WORDS[word][lang === "zh" ? 0 : 1];
  return values.reduce((said, value) => said.replace("%s", value), text);
}

/** Return an element with attributes and children; texts stay texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
