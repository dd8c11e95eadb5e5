import { beforeAll, expect, it } from 'vitest'
import { analyseTexts } from '#lib/search/analyse-text.ts'
import { correctQueryText } from '#lib/search/correct-query-text.ts'
import { addSpellings, createPassageIndex, setSermon } from '#lib/search/passage-index.ts'
import { readQuery } from '#lib/search/read-query.ts'
import { wordMeanings } from '#lib/search/word-meanings.ts'
import { loadLibrary } from './load-library.ts'

/** What people type, and what they mean. */
const misspelled = `
  abrahm:abraham apostels:apostles attonement:atonement babtism:baptism baptisim:baptism beleive:believe
  beleiver:believer bethlahem:bethlehem bethlehm:bethlehem chnage:change comandments:commandments
  commandmants:commandments congregaton:congregation covanant:covenant crucifiction:crucifixion
  crucifixtion:crucifixion danial:daniel deciples:disciples diciples:disciples elijha:elijah
  ezekial:ezekiel forgiveing:forgiving forgivness:forgiveness galillee:galilee gethsemene:gethsemane
  golgatha:golgotha goliah:goliath gospal:gospel gosple:gospel graec:grace heavan:heaven
  heavnly:heavenly isiah:isaiah isreal:israel isrealites:israelites issac:isaac jacbo:jacob
  jeremaih:jeremiah jerusalam:jerusalem justifcation:justification kindom:kingdom lazurus:lazarus
  nebuchadnezer:nebuchadnezzar nicodemous:nicodemus passovar:passover
  pentacost:pentecost perserverance:perseverance pharasees:pharisees pharisies:pharisees pharoah:pharaoh
  philistenes:philistines predestenation:predestination prodical:prodigal recieve:receive
  redemtion:redemption regenaration:regeneration repentence:repentance ressurection:resurrection
  righteousnes:righteousness rightousness:righteousness sacrafice:sacrifice sacrifise:sacrifice
  saduccees:sadducees salavation:salvation salvaton:salvation sanctifcation:sanctification
  sheperd:shepherd shephard:shepherd soloman:solomon solomen:solomon suffring:suffering
  tabernacal:tabernacle tempation:temptation temtation:temptation thankfullness:thankfulness
  wildernes:wilderness worhsip:worship
`
/** Right words, most of which no sermon here uses. */
const right = `
  bitcoin lasagne router password antivirus tattoo dinosaur yoga climate barbecue calorie mongolia
  vaccinate measles quantum wedding pornography mortgage credit soccer teenager wage germany carpet
  iphone robot battery cryptocurrency photosynthesis leeds linux laptop puppy netflix football mercury
  astronaut nuclear gender abortion divorce marijuana vaping alcohol internet website podcast download
  bluetooth video camera computer keyboard software android google facebook twitter instagram smartphone
  helicopter airplane airport motorway traffic electricity refrigerator microwave television cinema
  hollywood guitar drums piano keyboardist choirmaster budget insurance pension taxes inflation
  recession unemployment refugee immigrant racism feminism evolution darwin genetics cloning chromosome
  vaccine cancer diabetes autism dementia alzheimer depression anxiety therapist psychologist psychiatry
  bipolar addiction rehab methadone cocaine heroin gambling lottery casino poker basketball volleyball
  tennis hockey olympics marathon cyclist skateboard surfing camping hiking picnic pizza burger
  spaghetti chocolate coffee smoothie vegan gluten hesed perichoresis supralapsarian dispensationalism
  premillennial amillennial postmillennial soteriology eschatology ecclesiology pneumatology
  hermeneutics exegesis theodicy kenosis monergism arminian lutheran anglican presbyterian methodist
  pentecostal charismatic glossolalia cessationism complementarian egalitarian apologetics creationism
  intelligentsia zerubbabel mephibosheth habakkuk zephaniah haggai obadiah jehoshaphat athaliah
  hephzibah onesimus philemon tychicus epaphroditus aquila priscilla bartimaeus malchus gamaliel
  tertullus eutychus sanballat tobiah bildad zophar elihu keturah zilpah bilhah jochebed zipporah
  bezalel oholiab korah dathan abiram phinehas gershom merari kohath manasseh naphtali issachar zebulun
  ephraim
`

const index = createPassageIndex(wordMeanings().dimensions)
// English needs no database.
const noDatabase = {} as never

/** About the length of a passage. */
const PIECE = /(?:\S+\s+){1,60}/g

beforeAll(async () => {
  for (const { key, text } of (await loadLibrary()).slice(0, 120)) {
    const pieces = text.match(PIECE) ?? []
    const analysed = await analyseTexts(noDatabase, pieces, 'en')
    for (const [place, own] of analysed.entries()) addSpellings(index, pieces[place] ?? '', own)
    setSermon(
      index,
      {
        id: key,
        churchId: 'c',
        isPublished: true,
        speaker: null,
        headings: [],
        scripture: [],
        language: 'en',
        embedder: null,
      },
      analysed.map((own, place) => ({ id: `${key} ${place}`, ...own, meaning: null })),
    )
  }
})

const termsOf = async (word: string) =>
  (await readQuery(noDatabase, index, word)).terms.flatMap(({ terms }) => terms)

it('finds what people misspell by the words of the library', async () => {
  const wrong: string[] = []
  for (const pair of misspelled.trim().split(/\s+/)) {
    const [typed = '', meant = ''] = pair.split(':')
    const read = await termsOf(typed)
    const [wanted = ''] = await termsOf(meant)
    if (!read.includes(wanted)) wrong.push(`${typed} was read as ${read.join(', ')}, not as ${wanted}`)
  }
  expect(wrong).toEqual([])
})

it('leaves right words alone', async () => {
  const wrong: string[] = []
  for (const typed of right.trim().split(/\s+/)) {
    const read = correctQueryText(await readQuery(noDatabase, index, typed))
    if (read !== null) wrong.push(`${typed} was read as ${read}`)
  }
  expect(wrong).toEqual([])
})
