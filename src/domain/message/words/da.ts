/** What is looked for in a Danish message. How a phrase is written: `phrases.ts`. The sections are those of the guidance. */
import type { Vocabulary } from '../lexicon.ts'

export const DANISH: Vocabulary = {
  emphatic: `så meget virkelig simpelthen ærligt ærlig talt helt fuldstændig fuldstændigt total totalt ret rigtig
    temmelig efterhånden nu bare altså jo da faktisk sgu både lidt dybt utrolig utroligt egentlig mildest snart så lige
    overhovedet stadig stadigvæk igen også netop selv hamrende mega vildt tydeligvis åbenbart åbenlyst vist
    tilsyneladende desværre nok klart bestemt absolut vitterligt da endnu heller bare ganske særdeles ualmindeligt`,
  abbreviations: `kl ca fx f.eks eks bl a dvs osv mht pga evt inkl ift tlf hhv nr mvh vh kh lh mm md obs vedr ang st stk
    min max jf iht pr dr hr fr`,
  common: `og det er at på som af ikke jeg vi har kan der om men til sig hun ham jer mig din dit vores jeres skal
    fra eller også når hvis kære hej hilsen`,
  shouted: `ikke nu skal aldrig altid stop slut nok igen kun straks må`,
  acronyms: `aula sfo ppr usa dsb cpr adhd ocd ptsd pdf faq itslearning svømmehal covid sms tv dvd iphone unilogin
    akt bfo kkfo ssp mvh obs nb ps husk kl uu fgu hf stx eud 10kcenter eu fn lego nova emu`,

  respelt: { gir: 'giver', ka: 'kan', sku: 'skulle', ha: 'have' },

  // Concrete, not general (guidance §1.1, the writing tips).
  absolute: {
    hits: `næsten altid | næsten aldrig | blevet en vane | en vane | altid | aldrig | hele tiden | konstant | konsekvent | gang på gang | gang efter gang | igen og igen | atter og atter
      | hver eneste gang | hver eneste dag | hver evig eneste | hver gang | evig og altid | i et væk | uafbrudt | til stadighed
      | dag ud og dag ind | dag efter dag | uge efter uge | som sædvanlig | som sædvanligt | som altid | plejer i/du | i/du plejer | plejer han/hun
      | han/hun plejer | ingenting | på intet tidspunkt | i tide og utide | notorisk | permanent
      | ustandselig | ustandseligt | evindelig* | det samme hver | alt for ofte | alt for tit | meget ofte | rigtig tit | rigtig ofte
      | alle timer | i alle timerne | i alle fag`,
    unless: `tak for ingenting | altid … velkom* | velkomne altid | velkommen altid | altid … glad* | altid … rart | altid … dejlig* | altid … god/godt/gode | altid … sød/søde
      | kan/må altid | altid … ringe/skrive/kontakte/spørge/sige/komme/henvende/regne | husk altid | aldrig … for sent at | bedre sent end aldrig
      | aldrig … tøve* | aldrig … bange for at | altid … lyst | altid … lytte | altid … døren | døren … altid | som altid … dejlig*/god/godt/tak/skøn*
      | dejlig* … som altid | tak … som altid | hver gang … glad/griner/smiler | gør/betyder/betød ingenting | ingenting at være | slet ikke noget | slet ikke et problem
      | overhovedet ikke noget problem | slet/overhovedet ikke … bekym* | slet/overhovedet ikke … tænke | slet ikke i tvivl | koster ingenting | ingenting at betale
      | slet ikke travlt | altid … mulighed | altid … plads | altid … muligt | altid … svære/svært/hårdt | aldrig … let/nemt/sjovt | aldrig … set/hørt/oplevet/haft … så/sådan/bedre`,
  },
  ourselves: { hits: 'vi | jeg | os | mig | min | mit | mine | vores' },
  praise: {
    hits: `gået frem | går frem | fremgang | fremskridt | fortjeneste | velforberedt | velopdragen | parat | høflig* | i godt humør | engager* | interesser* | omsorgsfuld* | god til | gode til | dygtig* | sød | søde | hjælpsom* | flot* | dejlig* | glad | glæde* | smil* | griner | hjælper | hjalp | hurtig til | flink til | stolt* | fantastisk*
      | sej | modig* | tålmodig* | venlig | opmærksom på | nysgerrig* | kreativ* | gør sig umage | klarede | roser | ros | imponer* | hyggelig* | fornøjelse`,
  },
  criticism: {
    hits: `hver dag det samme | snaksom* | svært at have | mangler … igen | så mangler | til tiden | ikke rar/rare/sød/flink/venlig | brok | brokker | tit/ofte … ikke | som regel … ikke | fraværende | oppe at køre | for sent | forsent | glemmer | igen … glemt | igen … glemte | glemt … igen | glemte … igen | igen ikke | ikke … lavet/læst/afleveret/haft/mødt/svaret/husket/forberedt/øvet/pakket/skrevet
      | ikke … acceptere/accepteres/tolerere/tolereres/fortsætte | ikke i orden | uacceptab* | urolig/uroligt/urolige | uro | forstyrr* | larmer | larmede | støjer | uopmærksom* | ukoncentrer*
      | driller | drillede | drilleri* | slår/slog/slået … ham/hende/andre/hinanden | slog en | slår en dreng/pige/anden | passiv* | umotiver* | modvillig* | ligeglad | negativ* | indsats* | forbedring* | halter | fylder meget | distraher* | vimser | uro | uengager* | ikke sidde stille | ikke sidde roligt | forsinke* | for lidt | mangelfuld* | utilstrækkelig* | ustruktureret | rodet | vane | uden forklaring | uden grund | uden at sige | kiks | slik | sparke* | skubb* | råber | råbte | bander | bandede | grimt/grimme/groft/grove/grov | respektløs* | uhøflig* | fræk*
      | nægte* | problem/problemer/problemerne/problemet | ballade* | pjæk* | opfører | opførsel* | adfærd | sover i | skændes | skændtes | kaste | kaster | kastede | ødela*
      | utilfreds* | skuffet | skuffede | skuffende | skuffelse* | uoplagt* | generer* | plager | niver | attitude | svarer igen | himler | finde os i | finde mig i | for sig selv … hænder/fingre | dårlig* | hører/lytter/følger/deltager/arbejder ~ ikke | ikke følger/hører/lytter/deltager/arbejder/laver | ikke har … med | har ~ ikke … med | opføre sig | gider ikke | svært ved | mobb* | stjal | stjålet | stjæler | løj | lyver | løgn* | sandheden | talt sandt | mangler | manglede | manglende
      | uforberedt* | umulig* | voldsom* | aggressiv* | ubrugelig* | håbløs* | til besvær | truede | truer | skældt | uvenner | konflikt* | ulydig* | dovent | doven | sjuske* | uden for døren | går sin vej | stak af | stikker af`,
    unless: `jeg/vi mangler | mangler vi/jeg | mangler … forældre/hjælpere/frivillige/kager/svar | jeg/vi glemte | jeg/vi har … glemt | glemte jeg/vi | ikke noget problem | intet problem
      | ingen problemer | uden problemer | ikke et problem | jeg/vi har … ikke | har jeg/vi … ikke`,
  },
  anchors: {
    hits: `mandag* | tirsdag* | onsdag* | torsdag* | fredag* | lørdag* | søndag* | i dag | idag | i går | igår | i morges | i forgårs | i formiddag* | i eftermiddag* | forleden
      | januar | februar | marts | april | maj | juni | juli | august | september | oktober | november | december | efterårsferie* | vinterferie* | sommerferie* | juleferie* | påske*
      | i denne uge | i sidste uge | denne uge | sidste uge | den her uge | ugen
      | matematik* | dansk | dansktime* | engelsk* | tysk* | fransk* | idræt* | musik* | billedkunst* | historie* | fysik* | kemi* | geografi* | biologi* | samfundsfag* | kristendom* | svømning* | madkundskab* | håndværk* | natek
      | frikvarter* | spisefrikvarter* | gangen | skolegård* | garderobe* | omklædning* | kantine* | bussen | hallen | klasselokale* | biblioteket | sfo'en | lektiecafe* | lektiecafé* | værkstedet | toilettet
      | lektion* | time | timen | timer | to | tre | fire | fem | seks | syv | otte | ni | ti | gange | en gang | én gang | to gange`,
    unless: 'hele timen | alle timer | timer i træk',
  },

  // Assume a good reason; neither the child nor the home is to blame (guidance §1.1, the attitudes).
  blame: {
    notDone: {
      hits: `i/du har ~ ikke | i/du kan ~ ikke | i/du er ~ ikke | i/du passer/holder/viser/får/lærer/giver/ringer/skriver/prøver/lever/magter/taler/snakker/sætter/møder/bruger/ved/forstår/tænker ~ ikke | hvorfor har i/du ~ ikke | desværre har i/du ~ ikke | igen har i/du ~ ikke | har i/du … heller ikke | i/du har … aldrig | i/du har … undladt | i/du har … forsømt
        | i/du har … svigtet | i/du har … glemt | i/du fik ikke | i/du fik aldrig | i/du kom ikke | i/du kom aldrig | i/du mødte ikke | i/du dukkede ikke | i/du svarede ikke | i/du meldte ikke | i/du sendte ikke | i/du gjorde ikke
        | i/du svarer ~ ikke | i/du reagerer ~ ikke | i/du læser ~ ikke | i/du følger ~ ikke | i/du gør ~ ikke | i/du gør ~ intet | i/du gør ~ ingenting | i/du sørger ~ ikke | i/du tager ~ ikke | i/du lytter ~ ikke
        | i/du støtter ~ ikke | i/du bakker ~ ikke | i/du hjælper ~ ikke | i/du kigger ~ ikke | i/du tjekker ~ ikke | i/du vil ~ ikke samarbejde | i/du samarbejder ikke | i/du gider ~ ikke | i/du møder ~ ikke | i/du afleverer ~ ikke | i/du overholder ~ ikke
        | i/du glemmer | i/du undlader | i/du forsømmer | i/du svigter | i/du ignorerer | i/du holder ham/hende … hjemme | i/du ikke har … taget/svaret/gjort/sørget/reageret/meldt/skrevet/afleveret/læst/fulgt/hjulpet/lært
        | at i/du ikke … kan følge/læse/finde/overholde/huske/svare/tage/få | at i/du ikke … har/gør/svarer/reagerer/læser/sørger/følger/tager/hjælper/bakker/overholder/lytter | ingen af jer har`,
      unless: `i orden/fint/ok/okay/forståeligt/ærgerligt/synd at i/du | hvis i/du ~ … ikke | hvis i/du | hvis ikke i/du | i/du har ~ ikke … noget at | i/du har ~ ikke … gjort noget forkert | i/du har ~ ikke … gjort noget galt | i/du kan ~ ikke … gå galt | i/du kan ~ ikke … undgå/komme/se/gå/fejle/gøre for/vide/lide/gøre noget ved | i/du er ~ ikke … alene/eneste/forkert*/forpligtet* | i/du er ~ ikke … til besvær | i/du er ikke i tvivl | i/du får ~ ikke … ondt | i/du ved ~ ikke … hvor/hvad/hvem | i/du har ~ ikke … brug | i/du har ~ ikke … skyld | har i/du ikke … brug
        | i tilfælde af at i/du | hvis nu i/du | medmindre i/du | forstår … at i/du ikke | forstå … at i/du ikke | ked af at i/du ikke | ærgerligt at i/du ikke kunne | i/du har ~ ikke … gået glip | håber i/du har | som i/du har`,
    },
    must: {
      hits: `henstiller | henstille | indskærpe* | skal … minde om at | skal … minde jer/dig om | må … minde jer/dig om | gøre jer/dig opmærksom på at i/du | lovpligtig* | pligt til at | jeres/din pligt | i/du skal … sørge/sikre/se/tage/lære/få/holde/stoppe/forstå/begynde/sende/følge/kontrollere/tjekke/svare/læse/gøre/støtte/passe/overholde/respektere/melde/acceptere/bede/forklare/opdrage/sætte/prioritere/tvinge/snakke/tale/høre/vågne/indse/ændre/deltage/engagere/vise
        | i/du skal … være bedre/mere/strengere/opmærksom* | i/du skal … blive bedre | skal i/du … sørge/se/tage/lære/holde/begynde/følge/kontrollere/tjekke/læse/støtte/overholde
        | i/du skal … huske at vi/der/jeg/det/han/hun/skolen | i/du skal … huske at kigge/tjekke/læse/svare/sende/øve/pakke/melde | i/du må … se at | i/du må … sørge/sikre/tage/lære/få/forstå/indse/gøre/begynde/holde/kunne/tale/snakke | i/du må … til at | må i/du … se at | må i/du … sørge/tage/få/begynde/forstå/indse/lære | hvornår … i/du … styr | i/du får styr | læs nu | svar nu | hør nu | se nu at
        | i/du bør | bør i/du | i/du burde | burde i/du | i/du er ~ nødt til | i/du bliver ~ nødt til | bliver i/du ~ nødt til | i/du er … forpligtet | i/du er … forpligtede | i/du har … pligt | i/du har … ansvar*
        | forventer … at i/du | kræver … at i/du | forlanger … at i/du | insisterer … at i/du | jeg/vi vil have at i/du | jeg/vi må … bede jer/dig | beder jer indtrængende | tag jer … sammen | tag dig … sammen | få … styr på | tag … ansvar | kan/må i/du så … tage/sørge/få
        | må være rimeligt at i/du | mindste i/du kan gøre | mindste man kan forlange | så sørg for | sørg nu for | sørg venligst for | se så at`,
      unless: `hvis i/du | når i/du | vi/jeg … få styr på | i/du skal … vide | i/du skal … ikke | i/du skal … bare sige | i/du skal … endelig | i/du skal … have tak | i/du skal … være velkom* | i/du skal … være så velkom* | i/du må … gerne | i/du må … endelig | i/du må … meget gerne
        | i/du skal … se/høre/tage … med | i/du skal … få … at vide | i/du skal … nok få | hvad i/du skal | hvordan i/du skal | om i/du skal | i/du skal … høre fra | i/du skal … se frem | i/du skal … holde … ferie | i/du skal … tage … stilling | i/du skal … tage på | i/du skal … holde fri
        | hvad i/du bør | i/du burde … have fået/modtaget | i/du burde … kunne se`,
    },
    fault: {
      hits: `undre/undrer/undret … at i/du/jeres | undre/undrer … hvorfor i/du | undre/undrer/undret … hvad der foregår | man kan jo | kan i/du ikke bare | kan i/du ikke lige | kan i/du så ikke | foregår hos jer | byde et barn | ikke byde | ikke tankelæser* | til den næste på listen | gider ikke engang | jeres egne børn | havde ~ været rart | om i/du havde | hvis i/du ~ bare | andre forældre kan/gør/har/må | alle andre forældre | andre familier kan | jer der er forældre* | i/du er forældrene | det er jer der | det er dig der er | i/du tager ~ for let | tager ~ let på | i/du er ~ de/den eneste* | sørg for at | lær jeres/dit/din/jer | hvad tænker i/du på | hvad tænkte i/du på | hjemmeproblem* | opdrage | nu er det jeres tur | gjort vores del | jeres/dit valg | i/du har selv valgt | i/du må selv | jeres/dit/din/jert … ansvar | jeres/dit/din/jert … pligt | jeres/dit/din/jert … skyld | jeres/din … opgave | jeres/dit/din/jert … problem | jeres/din … opdragelse | dårlig opdragelse | opdragelse* | hvornår har i/du tænkt | hvornår … i/du … endelig | ingen af jer | hvorfor gør/svarer/kommer/reagerer/lader/sender/kan/gider i/du
        | hvordan kan i/du | hvordan kan det være at i/du | kan det virkelig passe | kan det være rigtigt at | det går ikke at i/du | dur ikke at i/du | nytter ikke … at i/du | holder ikke at i/du | ikke i orden at i/du | for dårligt at i/du | for dårligt
        | uansvarlig* | som forælder … må/skal/bør/har | som forældre … må/skal/bør/har | hvad har i/du tænkt jer/dig | har i/du overhovedet | gider i/du | ikke så svært | kan det ~ … være så svært | så svært … kan det | i/du ved ~ godt at | i/du ved udmærket | kan i/du ikke snart | lært jeres | forældrenes ansvar | forældres ansvar | forældrene … ansvar | jeres/dit job | som mor/far … må/skal/bør | som jeg/vi tidligere har | som jeg/vi allerede har | i/du lader ham/hende/dem | i/du lader jeres/dit/din | svært kan det … være | kan ikke være så svært
        | som jeg/vi … har sagt/skrevet … gange | jeg/vi har … sagt/skrevet/bedt … mange gange | jeg/vi har … sagt/skrevet/bedt … flere gange | jeg/vi har … sagt/skrevet/bedt/rykket … tre gange | har … gjort det mindste | i/du burde vide bedre | skam jer | op på tæerne | jeres prioriter* | mangel på opbakning | manglende opbakning
        | manglende samarbejde | mangler jeres/din … opbakning/samarbejde/støtte/hjælp/svar | skyldes … hjemmet | skyldes … forholdene hos jer | problemet … ligger … hos jer | jeres manglende | din manglende | dårlige undskyldninger | dårlig undskyldning | det er fordi i/du | fordi i/du … ikke | skyldes at i/du | i/du kan ikke bare | i/du skulle overveje | hører til på … skole | hvis i/du ~ læste/hjalp/øvede/støttede | andre forældre … klager | klager … andre forældre | i/du tror | i/du regner med at | i/du dækker over | i/du forkæler | i/du pylrer | i/du er for bløde | for slappe`,
      unless: `vejret … for dårligt | sørg for at få/have/spise/drikke/sove | i/du må selv om | i/du må selv vælge | i/du må selv bestemme | ikke … jeres/din/dit skyld | ingens skyld | ikke … jeres/dit ansvar | ingen … skyld | vores/skolens ansvar | hvordan kan i/du tænke | hvordan kan i/du se | hvordan kan i/du ønske | hvordan kan i/du bedst`,
    },
  },
  // No sanction wording in a teacher's own text (guidance §4.9; §1.1: families hear it as the conflict growing).
  sanction: {
    hits: `bliver … sendt hjem | blive sendt hjem | til kommunen | ringer … kommunen | kontakter … kommunen | som ulovligt | registreret som | registreres som | blive på skolen | gå på skolen længere | noteret i … papirer/journal | bliver noteret | noteres | sidde inde i | blive inde i | møde med lederen | ledelsen ind over | lederen ind over | miste … ydelse* | mister … ydelse* | konsekvens | konsekvenser | konsekvensen | konsekvenserne | indberet* | indberette* | underret/underretning/underretninger/underrette/underretter/underrettet | børnecheck* | børneydelse* | børne og ungeydelse* | ungeydelse* | ulovligt … fravær | ulovlig … fravær | ulovlige … fravær
      | fraværsstraf* | bøde | bøder | bødestraf | advarsel | advarsler | sidste chance | flere chancer | mødepligt | sende regningen | erstatning* | erstatte | sanktion* | straf | straffen | straffe | straffes | straffet | bortvis* | hjemsend* | eftersidning | parade hos | anmelde* | anmeldt | politianmeld* | retslige | juridiske
      | varsling* | varslingsbrev | partshøring | mister … børne* | mister … ydelse* | trukket i | tilbageholde* | så kommer … ikke med | så må … ikke komme med | får ikke lov … at komme med | udelukke* fra | tage … kommunen | melde … kommunen | går videre til kommunen | inddrage kommunen
      | inddrage myndighed* | myndighederne | få følger | får følger | det vil/kan få alvorlige | bliver/er jeg/vi ~ nødt til at … sende/kontakte/melde/indberette/inddrage/udelukke/bortvise/tage/gå/involvere | ser jeg/vi mig/os nødsaget | nødsaget | tvunget til at | smides ud | mister … plads | mister … pladsen | pladsen går | gå videre til den næste | går videre til den næste | kan … ikke begynde | politi* | næste gang … så/bliver/ringer/må | en gang til så | en gang til mister | opsige* … plads* | opsagt | ophæve* | så er det slut med | ryger han/hun/de | ryge ud | inddrager vi | inkasso* | rykkergebyr* | gebyr* | kontakte … politiet | melde … politiet | til politiet | politiet ind over | fogedretten | flyttes til en anden skole | skriftlig advarsel`,
    unless: `sidste chance for at … tilmelde/bestille/købe/se/svare/komme/være | sendt hjem … feber/syg/kvalme/lus | politi* … besøg*/forbi/cykl*/færdsel*/hund* | besøg … politi* | ansøg* … til kommunen | hilsen til kommunen | registreret som … frivillig/deltager | advarsel i … fodbold | ingen konsekvenser | uden konsekvenser | ingen … straf | ikke … straf* | ikke … konsekvenser | naturlig konsekvens | sendt hjem … fra arbejde | ikke en advarsel | holde underretning | uden advarsel | hjemsend* … feber/syg/lus | anmelder* | boganmeld* | anmeldelse* af bog* | underret … os | underrette os | underrette mig | underret … mig | indberet … timer | som konsekvens af`,
  },
  // Say what was seen, not what it may be called (guidance §1.2: no diagnosis; §4: health is confidential).
  diagnosis: {
    hits: `adhd | autis* | asperger* | aspergers | angstlidelse* | angst | socialfobi | depression* | depressiv* | deprimeret | ocd | ptsd | tourette* | tourettes | bipolar* | skizo* | psykose* | psykotisk* | borderline | anoreksi* | anorektisk* | bulimi* | spiseforstyrr* | selvskade*
      | ordblind | ordblinde | ordblindhed | dysleksi | dyslektiker | talblind* | dyskalkuli | hyperaktiv* | opmærksomhedsforstyrr* | udviklingsforstyrr* | tilknytningsforstyrr* | personlighedsforstyrr* | skolevægr* | skolefobi* | skolenægt* | mutisme | psykisk syg* | sindslidende | retarder* | evnesvag* | diagnose* | epilep* | diabetes | sukkersyge
      | på spektret | autismespekt*`,
    unless: `foredrag … om angst | foredrag … om autisme | angst for at tage fejl | ordblindetest | test for ordblindhed | film om | forældreaften om | oplæg om | temaaften om`,
  },

  // An angry mail: wait until it no longer stings (guidance §1.1, the writing tips).
  angry: {
    hits: `jeg/vi er … vred/vrede/rasende/gal/oprevet/oprevne | jeg/vi er ~ … utilfredse/utilfreds med | er ~ knust | knust over | jeg/vi har grædt | jeg/vi er ~ ked/kede af det … vred/vrede/sur/oprevet | ked af det og vred | jeg/vi er ~ ked/kede af din/jeres … besked/mail/svar/sms/tone/opførsel/måde | kan ikke sove | lade os/mig være i fred | lad os/mig være i fred | brække sig | brækker mig | nederen | pisse* | pisseirriter* | i fred | ryster af | færdig med at være | skraldespand | dørmåtte | nu kan det være nok | takken er | det er takken | ved i/du hvad | er det min skyld | er det så min | for meget af det gode | hvem tror i/du | hvad laver i/du egentlig | hvem pokker | hvad pokker | hvad søren | har/have fundet mig i | ikke til at holde ud | ved at opgive | lige før jeg giver op | nu er det ~ nok | nu er det slut | bag min ryg | til mit ansigt | vil have en forklaring | vil have en undskyldning | vil have svar | forlanger | er i rigtig kloge | sindssyg* | vanvid | vanvittig* | galt med jer | spilder min/vores tid | løgner* | hykler* | pisser | pisse | pis | skide* | møgunge* | møgbarn | kvalm* | sindssyge | ikke jeres tjener | ikke … jeres … slave | sidste dråbe
      | jeg/vi er ~ vred/vrede/rasende/edderspændt*/oprørt*/oprevet/oprevne/forarget*/gal/gale/sur/sure/harm/pissed/ophidset*/frustreret/frustrerede/målløs*/rystet/rystede/chokeret/chokerede/såret/sårede/fornærmet*/dødtræt*/irriteret/irriterede/provokeret | er jeg/vi ~ vred/vrede/rasende/oprørt*/forarget*/gal/sur/frustreret/frustrerede/chokeret/rystet
      | jeg/vi er ~ træt/trætte af | jeg/vi er ved at være ~ træt/trætte | jeg/vi begynder at blive ~ træt/trætte/irriteret/irriterede/sur/sure | er jeg/vi ~ træt/trætte af | jeg/vi er ~ led og ked | jeg/vi bliver ~ vred/vrede/gal/gale/sur/sure/rasende/provokeret/arrig | bliver jeg/vi ~ vred/vrede/gal/gale/sur/rasende/arrig | gør/gjort mig/os ~ vred/vrede/rasende/gal/sur | det koger i mig | jeg/vi har ~ fået nok | har jeg/vi ~ fået nok | nok er nok | bægeret er fuldt | dråben der
      | nu må det ~ stoppe | nu må det ~ høre op | nu stopper det | nu stopper legen | jeg/vi orker ~ ikke | orker jeg/vi ~ ikke | jeg/vi gider ~ ikke | gider jeg/vi ~ ikke | finder mig/os ~ ikke i | vil ~ ikke finde mig/os i | under al kritik | uforskammet* | frækhed | skandale* | skandaløs* | latterlig* | pinlig* | skam jer | skam dig | skamme jer/dig | bilder i/du jer/dig
      | hvad fanden | hvad helvede | for fanden | for helvede | fandeme | fanden* | kraftedeme | satme | satans | lort | lorte* | røv* | idiot* | inkompetent* | uduelig* | tak for ingenting | tak for lort | rend mig | klager til | indgive … klage | min/vores advokat | kontakte … advokat | til … advokat | til pressen | til avisen | til medierne | i har ~ svigtet | i/du har ~ svigtet | løn for | jeres løn
      | til grin | ikke være jer bekendt | ikke være dig bekendt | oprør* over | hvor vover | vover i/du | utilgivelig* | grotesk* | forkastelig* | svineri | fuldstændig til grin | kan simpelthen ikke passe | hvor svært kan det … være | i er sgu | aldrig i mit liv | træt af jer`,
    unless: `hun/han/barnet kan ikke sove | hun/han … ikke sove | at han/hun ikke kan sove | han/hun/de/du/i er … vred/vrede | kaldte/kalder/kaldt/sagt/sagde … idiot*/lort*/latterlig*/røv* | ikke vred | ikke sur | ikke gal | ikke for at være | jeg/vi er ~ ked/kede af at | pinligt/pinlig for ham/hende | synes … var pinligt | pinlig over | latterliggør* | jeg/vi gider ~ ikke … undvære | røver* | ikke … frustreret`,
  },
  feeling: {
    hits: `vred | vrede | rasende | gal | gale | såret | sårede | krænket | ydmyget | rystet | rystede | ryster | chokeret | chokerede | forarget | forargede | oprevet | oprørt | oprørte | frustreret | frustrerede | provokeret | provokerede | målløs | målløse | harm | arrig | bitter | grædefærdig | fortvivlet | magtesløs | ude af mig selv | edderspændt
      | tosset | stiktosset | fly i flint | op i det røde | søvnløs | ikke sovet | ikke lukket et øje | dødtræt af | såret og | græmmes | væmmes | nok af | fået nok | mildt sagt | lige til at græde | ikke ord for`,
    unless: `du/i/han/hun/de/barnet/eleven er/var/blev/bliver ~ vred/vrede/gal/sur/såret/frustreret/rystet/ked | er/var/blev du/i/han/hun/de ~ vred/vrede/gal/sur/såret/frustreret | ham/hende/jer/dig/dem … vred/vrede/gal/frustreret | ikke … vred/gal/sur | at han/hun/de/du/i … vred/vrede/gal/såret/frustreret/rystet | gal/galt/gale retning/vej/sted/dør/dato/besked | den gale | vrede over sig | hans/hendes/jeres/din vrede | ryster på | rystet sammen | mælk* | fået nok … mad/frugt/svar`,
  },
  irritated: {
    hits: `i alverden | stå til ansvar | hvordan kan det ske | hvordan kan det være | jeg vil have | jeg forventer | vi forventer | vil have svar | sikke en | tak for den | typisk | ikke engang | alt muligt | selvfølgelig ikke | hvorfor skal jeg/vi | fjerde gang | femte gang | jeg/vi kræver | kræver jeg/vi | uacceptab* | uhørt | utroligt at | utrolig at | absurd* | håbløs* | ærligt talt | ærlig talt | simpelthen for | simpelthen ikke | overhovedet ikke | hold nu op | kom nu | sgu | skuffet | skuffende | finde os i | finde mig i | på tide | for sidste gang | endnu en gang | for gud ved hvilken | igen igen | for dårligt | ikke godt nok | vi har sagt | jeg har sagt
      | gider | ligeglad* | respektløs* | mangel på respekt | ingenting | nul | intet | ikke mit problem | jeres egen skyld | spild af tid | undskyldninger | undskyldning | snart`,
    unless:
      'min/vores undskyldning | undskyldning fra | skriver snart | ses snart | snart igen | hører snart | snart … jul | snart … ferie | snart … tid',
  },
  parent: {
    hits: `min … søn/datter/dreng/pige/søns/datters/drengs/piges | vores … søn/datter/dreng/pige/søns/datters/drengs/piges | mor til | far til | mors vegne | som mor | som far | min søn | min datter | vores søn | vores datter | mit barn | vores barn | vores dreng | vores pige | min dreng | min pige | mine børn | mine drenge | i som skole | i som lærere | du som lærer | jeres skole | jeres undervisning | dine kolleger | dine kollegaer | jeres lærer* | hos jer i klassen`,
  },
  answersAnger: {
    hits: `genkende … billede | genkender ~ ikke | kan ~ ikke genkende | det passer ikke at jeg/vi | ikke rigtigt at jeg/vi | efter din/jeres … besked/mail … sige | skælder ~ ikke ud | du/i skriver … at jeg/vi er | uprofessionel* | ikke enig i | enig i din/jeres kritik | utilfredse med mig/os | utilfreds med mig/os | din/jeres/den vrede … mail/besked/sms/henvendelse | din/jeres vrede | din/jeres klage | din/jeres kritik | din/jeres beskyldning* | din/jeres anklage* | din/jeres … hårde … mail/besked | i/du er ~ vred/vrede/rasende/utilfreds*/frustreret/frustrerede/skuffet/skuffede/sur/sure/oprevet/oprørt*/oprørte | i/du blev ~ vred/vrede/sur/sure/ked | i/du påstår | i/du beskylder | i/du anklager
      | i/du skriver at jeg/vi | i/du mener at jeg/vi | tonen i din/jeres | din/jeres tone | dine/jeres beskyldninger | dine/jeres anklager | du/i truer | svar på din/jeres … klage | den måde du/i skriver | dine/jeres punkter`,
  },
  sensitive: {
    hits: `gør/gjorde/gjort/gøre grin med | gør/gjorde/gjort/gøre nar | griner/grinede/grinet af ham/hende | din/jeres/mors/fars kæreste | hendes/hans kæreste | sover hos … mormor/farmor/bedste* | kyss* | uden tøj | tøj på … billede* | billede … uden | vender ryggen | vendte ryggen | lo ad | ler ad | grin* af ham/hende | bliver kaldt | blev kaldt | kaldt … grimme/for/luder/bøsse/fed/klam | kalder … grimme/luder/bøsse/fed/klam | ikke være sammen med | ikke lege med | på toilettet i | et andet sted | skifte skole | anden skole | skoleskift* | klar til 1 | klar til første | skoleparat* | skoleudsætt*
      | være hos sin far/mor | hos sin far/mor | bo hos | mistanke* | mistænk* | ulykkelig* | vil ikke tale | meget trist | trist og | nedtrykt | opgivende | tissede | tisser | tisset | uheld i bukserne | skære … arm* | skærer … arm* | underretning … fordi | sælger | solgt … stoffer | drikker … aften/aftenen/meget/igen | far/mor/faren/moren drikker | drikker sig | var påvirket | lugter af øl/alkohol/sprut | sulten | sultne | køleskab* | uden mad | tager/tog/tage/taget … mad … fra | samme tøj | beskidt tøj | beskidte tøj | været i bad
      | blå mærker | mærker på | sår på … arme/armen/armene/ben/benene/krop* | rifter på … arm* | snitsår | skåret … i sig/sin/armen | skader sig selv | skade på sig selv | vil ikke være her mere | ikke vil være her | bliver … slået | bange for … far/mor/hjem | bange for at gå hjem | tør ikke gå hjem
      | talt sandt | sandheden | usandt | forfalsk* | skulk* | tabt sig | kaster op efter | kan ikke sove | mareridt | porno* | blotte* | rørt ved | våben | frosset ude | fryser … ude | fryses ude | frysser | gør nar | gjort nar | griner ad | grinet ad | ydmyg* | hånet | håner | sladder | fængsel* | anholdt | samvær* | forældremyndigheden
      | opholdstilladelse* | råd til | økonomiske problemer | panikanfald* | gå klassen om | gå et år om | gå … om et år | specialskole* | specialklasse* | udredning* | udredt | udredes | har det ~ ikke godt | ikke har det godt | har det ~ svært | har det ~ dårligt | urolig* for ham/hende/jeres | mobb* | chikane* | slog … en/et/ham/hende/flere/to/andre/hinanden/mindre/børn/kammerater/voksne | slår … ham/hende/de/andre/mindre/børn/kammerater/voksne | slået … en/et/ham/hende/flere/andre | slåskamp* | slagsmål* | sloges | slås | sparkede … en/ham/hende | sparket … en/ham/hende | bidt … en/et/ham/hende | kvalt | kvælertag | spyttede … på/efter | vold | voldelig* | volds* | overfald*
      | truede | truet | trusler | trusel | truer | kniv | stjal | stjålet | stjæler | tyveri* | taget … penge | skilsmisse* | fra hinanden | blive skilt | er blevet skilt | skal skilles | græd det meste | påvirket om | selvmord* | selvskade* | skærer … i sig | cutter | gider ikke leve | ikke … leve | lyst til at leve | vil dø | ønsker … død | overgreb* | krænk* | nøgen* | nøgenbilled* | seksuel* | misbrug* | alkohol* | hash | stoffer | vape* | ryger | rygning
      | var fuld | været fuld | beruset | ensom* | ingen at være sammen med | ingen at lege med | ingen venner | ingen … vil lege | holdt udenfor | holdt uden for | holdes udenfor | holdes uden for | lukket ude | sidder/går/står … for sig selv | mistriv* | trives … ikke | trives … dårligt | spiser næsten ikke | spiser næsten ingenting | spiser ikke
      | græder … meget/ofte/tit/hele | grædende | græd … hele/længe/meget | bekymret | bekymrede | bekymring* | bekymrer os | bekymrer mig | bekymrende | løj | lyver | løgn* | racis* | hjemmeforhold* | forholdene hjemme | derhjemme … svært | problemer … derhjemme | problemer … hjemme | socialforvaltning* | familieafdeling* | meget ked af det | ked af det hver | ked af at komme i skole | trækker sig | isolerer | indelukket | lugter … grimt/sved/urin/røg | omsorgssvigt* | snydt | snød | afskrift | plagiat* | rygte*`,
    unless: `ikke … bekymret/bekymrede | bekymrer jer ikke | bekymr* jer ikke | ikke bekymr* | aldrig bekymr* | temauge | trivselsuge … | antimobb* | mod mobning | om mobning | undgå/undgår/forebygge*/stoppe/stopper … mobning | slog sig | slår sig | har slået sig | slå til | slår et slag | snydt for | kagekniv* | kniv og gaffel | ingen bekymring* | snestorm* | jeg er ked af det | vi er kede af | bare ked af det i fem
      | røget | jeg … løj | ikke … ked af det længere | ikke længere … ked af det | slår … på tromme* | slog … et slag | truende vejr`,
  },
  distress: {
    hits: `græd | græder | græde | grædende | tårer | bange | ræd | utryg* | alene | ensom* | gemte sig | gemmer sig | gemt sig | under bordet | råbe | råbte | råber | skældte | skældud | trist | ked af det | ulykkelig* | hårdt | stille | indelukket | ondt i maven | mavepine | hovedpine | sover dårligt | sover ikke | spiser ikke
      | ikke have at | hemmelig* | ikke sige det | lade være med at sige | ikke måtte sige | vender ryggen | holdt op med at svare | svarer hende/ham ikke | går væk når | rejser sig når | undgår | holder sig for sig selv | for sig selv | turde ikke | tør ikke | vil ikke hjem | ikke lyst til at leve | hver weekend | skændes | skænderi* | slåsset | holder op med at`,
    unless: `stille og roligt | helt stille i | mens der er stille | stille spørgsmål | stille sig | alene i verden | ikke … alene | ikke bange | råbte hurra | jublede | stille en`,
  },
  endedWell: {
    hits: `igen … grin*/lege*/smil*/glad/venner | grinede | legede | gode venner | venner igen | hånden | god igen | glad igen | godt humør | undskyld til hinanden | sagde undskyld | sige undskyld | faldt til ro | bagefter … glad/fint/godt | frisk igen | det hjalp | hjalp det | med røde kinder | gik det bedre | gik det godt | gik fint`,
  },
  // Consider ringing instead (guidance §1.1, the writing tips).
  talk: {
    hits: `må jeg/vi ringe | kan/skal jeg/vi ringe | jeg/vi … ringer | ringer jeg/vi | jeg/vi vil … ringe | jeg/vi prøver at ringe | kan/skal vi … tale/snakke/mødes/ses/tales | kan du/i … ringe | vil du/i … ringe | ring … til mig/os | ring … når | ring gerne | tale med jer/dig | snakke med jer/dig | tale sammen | snakke sammen | taler sammen | snakker sammen | snakkes | tales ved | tale om det … i
      | få en snak | tage en snak sammen | en snak med jer/dig | en kort snak | en god snak om | hvornår kan | hvornår passer | holde et møde | et møde | mødes | til en samtale | til samtale | invitere … møde/samtale | kom forbi | komme forbi | kigge forbi | kig forbi | over telefon* | i telefon* | på telefon* | et opkald | ringes ved | drikke en kop kaffe | en kop kaffe | samtale om`,
    unless:
      'ring endelig hvis | ring hvis | på mobilen | tak for … snak | tak for … samtale* | tak for … møde* | ringer ind | ringer til timen | ikke … ringe | ringe rundt | mødes kl | mødes ved | mødes på',
  },

  // A good tone: kind at both ends where it may be taken as criticism (guidance §1.1, the writing tips).
  group: {
    hits: 'kære/hej/hejsa/goddag ~ alle/forældre/allesammen/familier/skifolk/klasse/jer',
    unless: 'forældre til _',
  },
  greeting: {
    hits: 'kære | hej | hejsa | hejhej | goddag | godmorgen | god morgen | god eftermiddag | halløj | dav | til forældrene | til',
  },
  signOff: {
    hits: 'hilsen | hilsner | hilsener | mvh | vh | kh | lh | knus | bh | de bedste hilsner | mange hilsner | med venlig hilsen | mange tak',
  },
  kind: {
    hits: `beklager | undskyld | vores fejl | min fejl | tak | takker | tusind tak | glad | glade | glæder | glæde | glædeligt | dejlig* | rart | hyggelig* | håber | savner | savnet | god bedring | held og lykke | tillykke | velkom* | stolt | stolte | skøn | skønt | skønne | sød | søde | dygtig* | flot* | fantastisk* | god weekend | god ferie | god aften | god dag | godt gået | heldige | ros | rose
      | vil gerne høre | vil gerne hjælpe | vil gerne forstå | gerne høre | gerne vil høre | gerne hjælpe | gerne vil hjælpe | gerne vil forstå | sammen om | finder ud af det | finder … sammen | finde … sammen | finde en løsning | løse det sammen | hjælpes ad | hjælper gerne | hvad tænker i/du | hvordan ser i/du | hvordan oplever i/du | hvad oplever i/du | hører gerne | høre fra jer/dig | høre fra | sig endelig til | siger endelig til | sig til | sig bare til | sig endelig | skriv endelig | skriv bare | skriv gerne
      | ring endelig | ring bare | ring gerne | ringe når som helst | spørg endelig | spørg gerne | god grund | helt i orden | helt okay | ingen ende på verden | sker for os alle | kan ske for alle | det kan ske | intet problem | ikke noget problem | bare rolig | forstår godt | kan godt forstå | sætter pris | sætter stor pris | taknemmelig* | god til | kommer godt | kommet godt | går godt | gået godt | lykkedes | smil* | griner | hjalp | vi kan lide | holder af | holder meget af
      | rykket sig | på rette vej | godt på vej | gør mig ondt | gør os ondt | rørt | ingen hast | ikke travlt | alt det bedste | pas godt på | jeres hjælp | jeres støtte | i kender jeres | i kender ham/hende bedst | du kender ham/hende bedst | skal vi … sammen | kan vi … sammen | opbakning | samarbejdet | tænker på jer | tænker på dig | ked af at høre`,
    unless: `tak for den | tak for ingenting | tak for lort | ikke glad | ikke glade | ikke … rart | ikke … dejligt | manglende opbakning | mangler … opbakning/samarbejdet/hjælp | mangel på opbakning | ikke … velkommen | ellers tak | nej tak | på forhånd tak | håber i/du vil … følge/tage/sørge/tale | håber at i/du vil … følge/tage/sørge/tale | håber at i/du … snart/nu/fremover | håber … forstår alvoren | ikke flot | god til at komme for sent | manglende samarbejde | ikke … stolt | alt andet end | sig til ham/hende/jeres | skal sige til`,
  },
  kindEnd: {
    hits: `mange hilsner | mange hilsener | kærlig hilsen | kærlige hilsner | kærligst | de bedste hilsner | bedste hilsner | bedste hilsen | varme hilsner | varm hilsen | de varmeste hilsner | knus | kram | kh | glade hilsner | hjertelig* | på forhånd tak | de venligste hilsner | søde hilsner | solskinshilsner | weekendhilsner`,
  },
}
