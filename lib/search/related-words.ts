import { stemWord } from './stem-word.ts'

/**
 * Words of one line speak of one thing: the everyday word of a question and the words of the pulpit
 * and of older Bibles. Without a model this is all that bridges "worried" and "be careful for nothing".
 */
const lines = `
anxious anxiety worry worried worries stress stressed fret care careful trouble
afraid fear scared frightened dread terror timid fearful
sad sadness sorrow sorrowful grief grieve mourn mourning weep tears bereaved bereavement loss
depressed depression despair despondency downcast discouraged gloom melancholy dejected
comfort console consolation solace cheer
suffer suffering affliction afflicted pain trial tribulation distress adversity trouble
illness sick sickness disease ill ailing
weak weakness feeble frail faint weary tired exhausted infirmity
strength strong strengthen might power powerful
content contentment contented satisfied satisfaction
money wealth rich riches gold silver mammon possessions
poor poverty needy beggar destitute
greed greedy covetous covet covetousness avarice
happy happiness joy joyful rejoice gladness delight blessed
peace peaceful quiet calm rest tranquil
angry anger wrath rage fury indignation
forgive forgiveness forgiven pardon pardoned remission
guilt guilty condemned condemnation conscience shame
sin sins sinner iniquity transgression wickedness evil
repent repentance turn contrite contrition
saved salvation save saviour redeem redemption redeemed deliver deliverance rescue
conversion converted convert regenerate regeneration born reborn
grace mercy favour lovingkindness compassion pity
love loving beloved affection charity
hate hatred abhor loathe despise
faith believe belief trust trusting confidence rely
doubt doubting unbelief doubts sceptic
hope hopeful expectation
pray prayer praying supplication petition intercession
bible scripture scriptures word testament
church congregation assembly brethren
preacher preach preaching minister pulpit pastor
gospel glad tidings news
heaven heavenly glory paradise celestial
hell perdition damnation damned lost
death die dying dead grave tomb mortal mortality
resurrection risen raised rise arose
judgment judge judgement tribunal
devil satan tempter serpent fiend
temptation tempt tempted tempter snare allure
holy holiness sanctify sanctification sanctified godly godliness pure purity
heart soul spirit mind
work labour toil job serve service duty
lazy idle sloth slothful sluggard
children child son sons daughter infant young youth
old age aged elderly grey hoary
marriage marry married husband wife wedding
mother father parents parent
friend friendship companion fellowship
neighbour neighbor others stranger
proud pride haughty boast arrogant vanity
humble humility lowly meek meekness
patience patient endure endurance longsuffering bear
persevere perseverance endure continue continuance steadfast hold
change changing unchanging changeless immutable immutability unchangeable mutable alter
eternal everlasting forever ages endless
chosen choose election elect predestination predestinate
free freedom liberty freewill bondage slave
law commandment commandments statute precept
thankful gratitude thanks thanksgiving grateful praise
worship praise adore adoration
lonely alone loneliness forsaken desolate solitary
alone isolated island
hypocrite hypocrisy hypocrites pretender formalist
backslide backsliding backslider fall fallen apostasy apostate
sleep sleepy slumber drowsy
drunk drunkard alcohol wine strong drink
enemy enemies foe adversary
war battle fight warfare warrior soldier conflict
create creation creator made maker
jesus christ saviour redeemer messiah
god lord almighty jehovah
ghost spirit comforter paraclete
cross crucified crucifixion calvary
sacrifice substitute substitution atonement propitiation ransom
blood
discipline chasten chastise chastened chastening rebuke correction
teach teaching teacher instruct instruction
learn learned learning
success prosper prosperity gain profit
failure fail failed lose losing
steward stewardship talents
tithe giving give generous generosity liberal alms bounty
kindness kind gentle gentleness tender
lie lying lies falsehood liar deceit deceive
envy jealous jealousy
lust lusts passion passions desire
bell bells toll tolls
`

const related = new Map<string, ReadonlySet<string>>()
for (const line of lines.trim().split('\n')) {
  const words = line.trim().split(/\s+/)
  for (const word of words) {
    const key = stemWord(word)
    const known = related.get(key) ?? new Set<string>()
    related.set(key, new Set([...known, ...words.filter((other) => stemWord(other) !== key)]))
  }
}

/** Other words for the thing a word names, most telling first; empty for most words. */
export function relatedWords(word: string): string[] {
  return [...(related.get(stemWord(word)) ?? [])]
}
