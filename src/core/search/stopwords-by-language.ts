/**
 * Stop words of the languages other than English that members type: articles, pronouns, prepositions, question words,
 * auxiliary verbs, verbs of saying and asking, polite phrases and greetings, and forms of address before a name.
 *
 * A stop word that is an ordinary word of another language is not in these lists but in `ambiguousStopWords`.
 *
 * The stop words of languages with other scripts are converted to Latin letters, like all words of the search. Some
 * converted stop words look like the beginning of another word. Therefore the stop words of these languages are removed
 * only from texts with letters of a script other than Latin.
 */

export const latinStopWords: Readonly<Record<'german' | 'french' | 'turkish', string>> = {
  german: `
der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen keiner nichts
im am an ans auf aus bei beim mit nach seit von vom zu zum zur für fuer über ueber unter um gegen ohne durch während
waehrend wegen zwischen bis als wenn weil dass ob vor
wer wessen wie was wann wo wohin woher warum wieso weshalb weswegen wozu worüber worum wovon welche welcher welches
welchen welchem
ist sind wurde wurden wird werden worden gewesen hat haben hatte hatten habe sein seine seinen seinem seiner
ihr ihre ihren ihrem ihrer sich er sie ich du wir mich dir dich uns euch ihnen ihm ihn
dies diese dieser dieses diesem diesen da dort hier dann denn doch mal eigentlich genau noch schon auch nur sehr
etwas alles alle davon dazu darüber darum damit dabei wirklich eben gerade heute jetzt immer wieder mehr
bitte danke könnte könntest könnten könntet kannst können kann konnte konnten soll sollte sollten muss müssen musste
möchte möchten würde würden darf
sag sagen sage sagt sagte gib geben gibt gab erzähl erzähle erzählen erzählt erklär erkläre erklären erklärt zeig zeige
zeigen weiß weißt wissen nenne nennen passiert passierte geschehen geschah ging gehen geht kam kommen kommt gekommen
gegangen gemacht machen macht machte hallo guten moin servus bezüglich laut angeblich herr herrn frau`,
  french: `
le la les l une des du de d et ou ne n pas au aux à en dans pour sur avec par sans sous chez entre vers depuis
pendant contre selon mais si comme donc alors aussi très trop bien
qui que qu quoi dont quand comment pourquoi quel quelle quels quelles lequel laquelle
est sont était étaient a ont avait avaient été être avoir sera serait fut ai as
ce c cet cette ces ça cela ceci il elle ils elles nous vous je j tu se s moi toi lui leur leurs sa mon ma mes notre
votre y là ci lieu t
plaît plait sil svp stp merci bonjour bonsoir pouvez pourriez pourrais peux peut peuvent voudrais veux veut
veulent dire dites dit disent donner donnez donne expliquer expliquez explique raconter racontez raconte montrer
montrez savoir sais sait connaître parler parle parlez fait faire font faut passe passé arrivé allé allée va vont aller
aurait auraient cest quest estce jaimerais monsieur madame`,
  turkish: `
ve veya ya ile bir da de ki ne neden niçin niye nasıl kim kime kimi kimdir nedir hangi hangisi nerede
nereye nereden zaman için mi mı mu mü midir mıdır mudur mıydı miydi olarak olan oldu olmuş olduğu olur olacak oluyor
var yok gibi kadar daha her hem ama fakat çünkü eğer bana beni bize ben biz siz onlar onun bunun bunu hakkında
ilgili arasında arasındaki göre lütfen misin mısın misiniz mısınız anlat anlatır anlatın söyle söyler söyleyin
söyledi diyor dedi verir ver verin bilgi açıkla açıklar göster istiyorum istiyor merhaba selam teşekkürler acaba peki
şey etti eder ediyor yaptı yapıyor yapıldı edildi oldular gitti geldi bey sayın`,
};

export const otherStopWords: Readonly<Record<'russian' | 'persian' | 'arabic', string>> = {
  russian: `
и в во на с со о об обо от до по из за к ко у при для без между через под над про против не ни ли же бы а но или что
чтобы кто кого кому кем чем чему где куда откуда когда почему зачем отчего как какой какая какое какие каких какую
каком какого который которая которое которые
это этот эта эти этого этой этом был была было были быть будет есть является его её их ему им ей они он она оно мы вы
ты я мне меня нам нас вам вас тебе себя свою своей своего такой такое такая такие там тут здесь тогда уже
ещё только очень тоже также вот ну да нет ведь потому
можно может могут мог могла могли могу нужно надо хочу хочет хотел хотела хотели скажите скажи расскажите расскажи
подскажите подскажи объясните объясни покажите покажи напомните дайте пожалуйста пж плиз здравствуйте привет спасибо
знать узнать знаете насчёт сказал сказала сказали говорит говорил говорят случилось произошло
происходило господин товарищ именно`,
  persian: `
و در از به که این آن با چه کی کجا چرا چگونه چطور برای را تا بر بین میان هم همه یا اگر اما ولی پس هر بار
کدام کیست چیست کیه چیه کجاست کیستند است هست نیست بود بودند شد شدند شده شود میشود می‌شود می شود هستند باشد دارد دارند
داشت داشتند کرد کردند کرده کند می‌کند می‌کنند می کند می کنند گفت گفته میگوید می‌گوید بگو بگویید بگین بده بدهید دهید
توضیح لطفا ممنون سلام خواهش درباره درمورد مورد راجع آیا من ما تو شما او آنها ایشان خود خودش یک یکی چیزی زمان
زمانی موقع باره رفت رفتن آمد داد داده نشان خواهم میخواهم بدانم چیزها ها های تر ترین چی آقای خانم دکتر جناب`,
  arabic: `
في من على إلى عن ما ماذا هل متى أين كيف لماذا لم لا لن بين هو هي هم هذا هذه ذلك تلك الذي الذين أن إن أنه كان كانت
يكون تكون مع لقد كل بعض أي عند عندما حتى ثم أو لكن غير حول أخبرني أخبرنا قل لي اشرح فضلك رجاء أرجو ممكن
يمكن يمكنك هناك يوجد خلال بسبب تم تمت قال قالت يقول تقول مرة مرات شكرا مرحبا حدث حصل أريد معرفة عنه عنها له لها السيد
سيد ذهب جاء فعل`,
};

/**
 * Stop words that are ordinary words of another language, such as the German "war". Such a word is a stop word only in
 * a query that contains another stop word of its language.
 */
export const ambiguousStopWords: typeof latinStopWords = {
  german: 'war waren wen mir es man will also tag',
  french: 'un son ses car te plus dis',
  turkish: 'o bu sen sana',
};

/**
 * Common words of these languages. They have a low weight, like the English words in `common-words.ts`. Words that
 * ask for an amount or an owner, such as "how many" and "whose", are here and not among the stop words. The reason is
 * that the name of an entry can consist of such a word and a noun. Without the word, only the noun would remain.
 */
export const commonWordsByLanguage: Readonly<Record<string, string>> = {
  german: `
viel viele wieviel wieviele wem gehört gehören wert lange oft bereits ganz beginn begann beginnen beginnt angefangen
begonnen ende endet fand findet finden statt stattgefunden wollte wollten wollen hält halten denkt denken meint meinen
meinung glaubt bedeutet bedeutung gesagt geschrieben behauptet nennt heißt braucht brauchen bekommt bekommen bekam
bleibt bleiben steht stehen liegt läuft lief grund gründe artikel text jahr jahre mal thema sache dinge lösung folge
folgen plötzlich neu neue neuen groß große gut schlecht wichtig eigene letzte letzten erste ersten zuerst zusammen
gemeinsam besonders sauer aktuell stand frage fragen infos information informationen details definition überblick zusammenfassung`,
  french: `
combien beaucoup peu valait vaut appartient appartiennent reste rester restent commence commencé commencer début fin
veut voulait vouloir pense penser pensent croit signifie signification parle devient devenu devenue devenir mis mise
prend pris eu doit doivent devait trouve article texte an année fois chose choses raison raisons cause conséquences
nouveau nouvelle grand grande bon mauvais important dernier dernière premier première ensemble surtout déjà encore
toujours jamais tout toute tous toutes autre autres même question informations information détails définition résumé appelle`,
  russian: `
сколько чей чья чьи чьё принадлежит принадлежат много мало часто долго раз началась начался началось начало начали
закончилась конец хотят хотеть думает думают считает считают значит означает называется называют стал стала стали
нужен нужна нужны статья статье текст год слово дело вещи причина причины последствия новый новая новое большой большая большое большие хорошо
плохо важно последний последняя первый первая вместе особенно сейчас теперь всё все всех другой другие сам сама вопрос
информация подробности определение находится находятся кратко итог придерживается относится идёт прошла прошёл прошло состоялась состоялся состоялось
именно вообще насколько`,
  turkish: `
kaç kimin kimindir çok az başladı başlamış başlangıç bitti son istiyorlar düşünüyor düşünüyorlar anlama anlamı geliyor
makale makalede metin yıl defa kere kez neden sebep sebebi sonuç yeni büyük iyi kötü önemli ilk birlikte özellikle şimdi
bütün tüm başka diğer aynı konu soru hakkındaki yaptılar yapıyorlar ediyorlar yapar yapan veren aldı alır kaldı tarihi tarih tanımı`,
  persian: `
چند چندبار چقدر چندمین بار خیلی زیاد کم آغاز شروع پایان میخواهد می‌خواهد میخواهند می‌خواهند فکر نظر معنی معنای یعنی
مقاله متن سال دفعه مرتبه دلیل علت نتیجه جدید بزرگ خوب بد مهم آخرین اولین نخستین باهم الان حالا دیگر همین مال سوال
موضوع خلاصه تعریف جزئیات گرفت گرفته می‌گیرد رسید رسیده کمک اتفاق افتاد چیز انجام`,
  arabic: `
كم كثيرا قليلا بدأ بدأت بداية نهاية يريد تريد أرادت يعتقد تعتقد رأي معنى يعني مقال المقال نص سنة مرات سبب أسباب نتيجة
جديد كبير جيد سيئ مهم آخر أول معا الآن أخرى نفس سؤال موضوع ملخص تعريف تفاصيل بلغ عام أصبح أصبحت يملك تملك قام قامت`,
};
