/** Words that programs and recorders write where nobody typed anything, in the languages of common programs. */
const placeholders = new Set(
  (
    'track audio audiotrack recording recordings untitled unknown new voice memo memos title artist artists album ' +
    'performer various va podcast podcasts sermon sermons message messages speaker preacher interpret none null ' +
    'undefined empty na nil no default blank file mp3 wav m4a output test rec of my sound ' +
    'piste inconnu inconnue artiste titre spur titel unbekannt unbekannter unbekanntes künstler aufnahme predigt ' +
    'pista desconocido desconocida artista título titulo grabación desconhecido traccia sconosciuto spoor onbekend ' +
    'spår okänd sans nom album albumartist interprète interprete intérprete project projekt recorder voicerecorder ' +
    'iphone ipad android samsung audacity garageband ferrite obs без названия имени неизвестен неизвестный ' +
    'неизвестно исполнитель альбом автор трек запись дорожка невідомий виконавець без назви nieznany nieznana ' +
    'wykonawca utwór ścieżka neznámý interpret umělec skladba ismeretlen előadó necunoscut ukjent ukendt kunstner ' +
    'tuntematon esittäjä bilinmeyen sanatçı 未知 未知艺术家 未知藝術家 未知专辑 未知專輯 未命名 无标题 無題 不明なアーティスト ' +
    '不明なアルバム 名称未設定 제목 없음 알 수 없는 아티스트 앨범'
  ).split(' '),
)
/** Names of files as recorders and cameras count them: ZOOM0001, REC_0012, DR0000_0012. */
const recorderName =
  /^(?:zoom|rec|r|dr|ste|mz|vn|tascam|dm|ws|dw|stereo|mono|trk|tr|track|take|voice|audio|mvi|img|dsc|gopr|gx|gh|v|ptt|aud|vid|pxl|h\d\w?)[-_ ]?\d{2,}(?:[-_ ]\d+)*$/i
/** A recorder by its maker and model. */
const recorderModel = /^(?:zoom|tascam|roland|olympus|sony) [a-z]{1,4}-?\d{1,4}\w{0,4}$/i
const notPeople = /^(?:https?:\/\/|www\.)|^\S+@\S+\.\S+$|^lav[fc]\d/i

/** Whether a tag contains nothing that a person wrote: "Track 01", "<unknown>", "ZOOM0001", an address of the web. */
export function isEmptyTag(text: string): boolean {
  if (recorderName.test(text) || recorderModel.test(text) || notPeople.test(text)) return true
  const words = text
    .toLowerCase()
    .replace(/\bn\/a\b/g, 'na')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((word) => word.replace(/^\d+|\d+$/g, ''))
    .filter((word) => word !== '')
  return words.every((word) => placeholders.has(word))
}
