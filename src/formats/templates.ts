/** Small example files that a group can fill in. Each one can also be imported unchanged. */

export const templateFormats = ['csv', 'anki', 'yaml'] as const;
export type TemplateFormat = (typeof templateFormats)[number];

interface Template {
  readonly fileName: string;
  readonly text: string;
}

export const template = (format: TemplateFormat): Template => templates[format];

const templates: Readonly<Record<TemplateFormat, Template>> = {
  csv: {
    fileName: 'cards.csv',
    text: `\uFEFFfront,back,wrong answer 1,wrong answer 2,wrong answer 3,note,topic,date,source
Gold,Au,Go,Gd,Ag,From Latin aurum,Metals,,
Silver,Ag,,,,From Latin argentum,Metals,,
Iron,Fe,,,,From Latin ferrum,Metals,,
Copper,Cu,,,,,Metals,,
Which gas do plants take up?,carbon dioxide,nitrogen,oxygen,hydrogen,"Without light, they give it off",Plants,,"Biology book, page 12"
In which year was oxygen first described?,1774,1661,1803,1869,,History,1774,
`.replaceAll('\n', '\r\n'),
  },
  anki: {
    fileName: 'cards.txt',
    text: `#separator:tab
#html:false
#tags column:3
Gold\tAu\tmetals
Silver\tAg\tmetals
Iron\tFe\tmetals
Copper\tCu\tmetals
Which gas do plants take up?\tcarbon dioxide\tplants
{{c1::Water}} boils at {{c2::100 °C}} at sea level.\t\twater
`,
  },
  yaml: {
    fileName: 'pack.yaml',
    text: `# A whole pack in one file. Its parts are described in the documentation of the fact base.
pack:
  id: my-pack
  title: My pack
  description: What this pack is about, in a sentence or two.
  source:
    title: The text that the entries restate
    paragraphs: 2
    note: Who wrote it and when, and how its paragraphs are counted.
  topics:
    - id: metals
      title: Metals
    - id: history
      title: History

events:
  - id: discovery-of-oxygen
    title: Discovery of oxygen
    summary: In 1774 a gas was described in which a candle burns more brightly.
    voice: reported
    paragraphs: [1]
    date: '1774'
    topics: [history]
    aliases: [oxygen, when was oxygen found]
    links: []

cards:
  - id: gold
    front: Gold
    back: Au
    extra: From Latin aurum
    topics: [metals]
  - id: silver
    front: Silver
    back: Ag
    topics: [metals]
  - id: iron
    front: Iron
    back: Fe
    topics: [metals]
  - id: copper
    front: Copper
    back: Cu
    wrong: [Co, Cp, Cr]
    topics: [metals]
    source: A chemistry book, page 5

questions:
  questions:
    - id: oxygen-year
      about: [discovery-of-oxygen]
      kind: year
      ask: In which year, according to the article, was oxygen first described?
      answer: 1774
      wrong: [1661, 1703, 1812, 1869]
      explanation: The article dates the description of the gas to 1774.
      difficulty: 1
`,
  },
};
