#!/usr/bin/env python3
"""Writes name_aliases.inc: words of names that may stand for one another.

Source: our own compilation, from common knowledge, of short forms, of the same
name in different languages, and of different romanisations. Each line is a group:
any two of its words are aliases; a word may be in several groups. Words are in
comparison form (ASCII, see name_letters.c). Run it as
    python3 extension/core/generate_name_aliases.py > extension/core/name_aliases.inc
"""
import collections

GIVEN = """
abraham abe avraham ibrahim
adam adán
albert al bert alberto albrecht adalbert
alexander alex alexandre alexandros alejandro alessandro aleksandr aleksander aleksandar alexandr oleksandr olexandr sasha sascha sandro alec alek xander oleksander alexandru aliaksandr iskander
alexandra alex sasha sandra aleksandra alessandra alejandra alexandria oleksandra lexi
alexey alexei aleksey aleksei alexej aleksej oleksiy oleksii alyosha alexis aliaksei
alfred fred alf alfredo fredo
alison alice allie ali
amanda mandy
anastasia nastya anastasiia anastasiya stacy asya anastassia
andrew andy drew andrei andrey andrej andreas andre andrea andres andrzej andrii andriy anders ondrej andras
angela angie angelika angelina
ann anne anna annie hanna hannah anya ania anja anika anita nancy anouk annika ana
anthony tony antonio anton antoine antoni antonin antonios antonis anatoly
antonia toni tonia antonina
arkady arkadi arkadii arkadiy
arthur art artur arturo
barbara barb babs barbora varvara basia
benedict ben benedikt benoit benedetto bennett
benjamin ben benny benji binyamin veniamin
bernard bernie bernhard bernardo bernd berndt
boris borya
brian bryan
bridget brigitte birgit birgitta brigitta britta
cameron cam
carl karl carlos charles carlo karel karol karlo
caroline carolyn carolina carrie karolina karoline carol
catherine kate katherine kathy cathy katharina katarina katerina ekaterina katya kathryn katie kathleen kitty katia katja kasia caterina catalina catarina catriona cate kathrin katrin karin kateryna yekaterina katarzyna katrina jekaterina
cecilia cecile cecily cilia
charles charlie chuck chas carlos karl carl carlo
charlotte lotte charlie lottie carlotta
christian chris christiaan kristian cristian krystian kristjan
christina chris christine kristina kristin kristine cristina tina christiane kirsten krystyna chrissy christa kristi
christopher chris christoph christophe christof kristof kristoffer christoffer cristoforo krzysztof kit topher christos cristobal
clement clemens clemente klemens
constantine constantin konstantin konstantinos kostas costas konstantine kostya kostadin
cynthia cindy
cyril kirill kyrylo cyrille kiril
daniel dan danny daniil danylo danilo daniele danil dani
daniela danielle dani daniele
david dave davide dawid dovid davy
deborah debbie deb debora debra
denis dennis denys dionysios
dimitri dmitry dmitri dmitriy dmitrii dimitry dimitris dimitrios dimitrij dima mitya dmytro dimitar dzmitry dimitrije
dominic dominik dominique domenico dom nick domingo
donald don donnie donny
dorothy dorothea dorota dot
douglas doug
edmund ed edmond edmundo ned
edward ed eddie edouard eduardo eduard ted teddy ned edvard edoardo
edwin ed
eleanor ellen eleonora nora leonora elinor
elena helen helena helene lena elaine olena eleni yelena ellen jelena ilona alena
elizabeth liz beth eliza elisabeth lisa betty elisabetta elise liza lizzie elsa elsbeth bettina elisabet elzbieta yelizaveta elizaveta lise libby
emanuel manuel emmanuel immanuel manny emanuele manu
emily emilia emilie emma em milly
eric erik erich erick rick
ernest ernie ernst ernesto
eugene gene evgeny evgeni yevgeny eugen evgenii eugenio evgeniy jevgeni yevhen ievgen yevgeni zhenya
eugenia evgenia evgeniya evgeniia yevgenia zhenya jenny
eva eve evita ewa yeva
fedor feodor fyodor theodore theodor ted teddy theo teodor teodoro
felix feliks felice
ferdinand fernando fernand nando
florence flo florencia
frances fran francesca francisca francoise franziska fanny
francis frank francisco francesco francois franz franciszek frans frantisek ferenc paco pancho
franklin frank
frederick fred frederic friedrich federico frederik fredrik freddy fritz fredrick frederico fryderyk rick frederique
gabriel gabe gabriele gabor gavriel gavril
gabriela gabriella gabrielle gaby gabi
gennady gennadi gennadiy gennadii guennadi
geoffrey jeff geoff jeffrey geoffroy jeffery gottfried godfrey
george georg georges jorge giorgio yuri jiri jurgen juergen jerzy georgios giorgos jordi gyorgy georgi georgy goran jorg yury juri yuriy yurii iouri youri george
gerald gerry jerry gerard gerhard gerardo gerd geraldo gerrit
gertrude trudy gertrud
gilbert gil gilberto bert
giovanni gianni gian
gregory greg gregor grigory grzegorz gregoire grigori gregorio grigorios grisha grigoriy gregori
guillaume william guillermo guglielmo
gustav gus gustavo gustave gustaf
harold harry hal harald
henry harry henri heinrich enrique hank hendrik henrik henryk enrico heinz hal henrique rik
herbert herb bert heribert
hugh hugo huw ugo
ian iain ivan john
ignatius ignacio ignace nacho ignaz ignazio
igor ihor
ilya ilia elias elijah eli ilja ilias
isaac ike itzhak yitzhak isak izaak
isabel isabelle isabella isabell izabela ysabel bella belle
ivan john jan juan vanya johan iwan ioan ion yvan
jack john jacques
jacob jake jakob jacques james jacobo jacopo jakub yakov yaakov diego santiago iago jaap jacobus giacomo iacob
james jim jimmy jamie jaime jacques giacomo
jane janet jean joan johanna joanna jana janina jeanne jeannette jeanette giovanna ioanna janine juana
janusz jan
jennifer jen jenny jenn
jeremy jerry jeremiah jeremie jeremias jem
jerome jerry geronimo hieronymus
jessica jess jessie
joachim joaquin joaquim jochen achim
john jon jan juan jean johann johannes ivan giovanni joao johnny jack hans ioannis yannis sean johan jens juhani janos jani ian yiannis giannis ioan hannes yann joan
jonathan jon jonny yonatan nathan johnathan jonatan
joseph joe jose giuseppe josef joey yosef pepe jozef josep joss youssef yusuf jozsef iosif osip beppe yousef yossi giuseppi pepa
josephine jo josefina josie josefa josephina
joshua josh yehoshua joshuah
judith judy jutta judit yehudit
julia julie juliet giulia yulia iuliia juliette yuliya julija jules iulia iuliana juliana julka yuliia
julian julien giuliano julio juliano
julius julio jules giulio gyula yuliy
kenneth ken kenny
kimberly kim kimberley
laura laurie lora
laurence larry lawrence lorenzo laurent lars lorenz laurens laurentiu lauri lorents
leo leon lev leonid leonard leonardo leonhard len lenny lionel leonardus leos
leslie les lesley
lewis louis luis ludwig luigi lou ludovic lajos louie luiz ludvik ludwik lluis
louise luisa lou luise luiza louisa
lucas luke luca lukas lukasz luc loukas lucian lucien
lucy lucia lucie lucja lucille luz
ludmila lyudmila liudmila ludmilla mila lyudmyla
magdalena madeleine maddy lena magda madeline magdalene
manfred fred fredi
marcus mark marc marco markus marek marcos marko marcel marcin marcelo
margaret maggie meg peggy marge margarita margarete margherita rita greta gretel marguerite malgorzata margot margareta grete margrethe margit margarida margriet marga madge
maria mary marie mariya marija miriam maryam mia moira maja mariia marian mari mariam molly polly mariana
marina maryna
martin marty martino marten marton martijn martinus maarten
martina tina martine
matthew matt mathew mathieu matthias mateo matteo mateusz matej matthieu mats mattias mathias matthaeus matti matias matvey matteus matthijs mattia
maurice mauricio maurizio moritz morris maurits
maximilian max maxim maxime maksim maksym massimo maximiliano maximo maximilien maxwell
melanie mel mela
melissa mel missy
michael mike michel michele mikhail miguel mick michal mikael mitch misha mickey micha michail mihail mihai mikko mykhailo mihaly mikel mihailo mischa
michelle michele micky shelly mishelle
mitchell mitch
mohammad mohammed muhammad mohamed muhammed mohamad mehmet mahomed muhamad mohd mohammadreza muhamed md
moses moshe moses moise moishe mozes
natalia natalie natasha nathalie nataliya nataly nataliia natalja natacha
nathan nathaniel nat nate natan nathanael
neil niall neal nigel
nicholas nick nicolas nikolaus nikolay nicola nikola nikos nico nicolai nikolai niklas nikolaos klaus claus nicolo niels mykola nicky niccolo kolya mikolaj miklos nils nikita niko colin
nicole nicola nicky nicoletta nikki
oleg oleh
oliver ollie olivier olivia oli
olga olha helga
oscar oskar
patricia pat patty trish patrizia tricia
patrick pat paddy patrice patricio patrik padraig patrizio
paul pablo paolo pavel pawel paulo pol paulus pavol pau pavlo pavlos pal poul
paula paola pavla paulina pauline
pamela pam
peter pete pedro pierre pietro piotr petr pyotr petros petar piet petra pieter peder petter peer pjotr petro petri pekka
philip phil philippe felipe filip filippo philipp phillip pip filipe
priscilla cilla
prokop prokopis prokopios
rachel rae raquel rachael rahel
raphael rafael rafal rafi raffaele rafaele rafaella raf
raymond ray raimund ramon raimundo reymond
rebecca becky rebekah becca rivka rebeca reba
reinhard rainer reinhold
richard rich rick dick ricardo riccardo ryszard ricky richie dicky rikard
robert rob bob roberto bobby rupert robbie bert robby ruprecht
roderick rod rodrigo roderic
rodney rod
roger rogelio ruggero rutger rodger rudiger
roland rolando orlando roelof roeland rolland
ronald ron ronnie ronny
rose rosa rosie rosemary rosario rozalia
rudolf rudy rodolfo rudolph rudi rolf
russell russ
samantha sam
samuel sam sammy shmuel samuele samuil
sandra sandy cassandra
sarah sara sally sari zara
sebastian seb sebastien sebastiano bastian bastien sebas
sergey sergei serge sergio serhii serguei serhiy sergii sergej siarhei sergi sergius sergiy sergiu
shmuel samuel
simon simeon shimon semyon szymon simone simao simen semen
solomon sol shlomo salomon suleiman
sophia sofia sophie sofie sofya zofia sonya zsofia sofiya
stanislav stan stanislaw stas stanislaus stanislao
stanley stan
stephanie steph stefanie stefania stephania steffi estefania
stephen steve steven stefan stephane esteban stefano stepan stevan etienne szczepan estevao stefanos istvan stephan stephanos staffan stef esteve stjepan
susan sue susanne suzanne susanna zuzana suzy susana susie zsuzsanna zuzanna shoshana susann suzan
svetlana sveta svitlana lana svitlana
sylvia silvia sylvie silvie sylwia
tamara toma tamar tammy
tatiana tanya tania tatyana tetiana tatjana tanja tatsiana
terence terry terrence
teresa theresa terry therese tessa tereza
thomas tom tommy tomas tomasz tommaso tamas tomaz toms thom tuomas tomislav tomo
timothy tim timo timofey timotheus timothee timmy timofei timur
tobias toby tobiah
valentin val valentino valentine walenty valentyn
valeria valerie valeriya val valery
valery valeri valeriy valerii valerio
vasily vasil basil vassilis vasilis vasileios basile vasiliy vasilii vasyl vassili basilio wassili vassil
veronica vera ronnie veronika veronique nika weronika
victor vic viktor vittorio victorio wiktor
victoria vicky vicki viktoria victoire tori viktoriya viktoriia vika wiktoria
vincent vince vin vincenzo vicente vincenz vinnie wincenty vikentiy
virginia ginny ginger virginie
vladimir vlad wladimir volodymyr vova vladimer wlodzimierz volodya uladzimir
vyacheslav viacheslav slava wieslaw vaclav viatcheslav wenceslas venceslas viacheslau
walter walt wally gualtiero valter wouter
wilhelm william willem bill guillermo willy guillaume wilhelmus
william bill will billy liam willie wilhelm willem vilmos guillermo wil
wolfgang wolf
xavier javier xabier xaver xavi javi
yaroslav jaroslav jaroslaw yarik
yulia julia
yury yuri yuriy iurii juri jury yurii iouri youri jurij
zachary zach zack zacharias zak zachariah
abdul abdel abd abdou abdelrahman abdurrahman
ahmed ahmad ahmet achmed ahmat
ali aly
hassan hasan hassane
hussein husain hossein hussain huseyin hosein houssein
ibrahim ebrahim brahim ibraheem
khalid khaled halid
mahmoud mahmood mahmud mehmood
mostafa mustafa moustafa mustapha mostapha
omar umar omer oumar
said saeed sayed saied
yusuf youssef yousef yosef yussuf yousuf
yasin yassine yaseen yacine
fatima fatemeh fatma fatimah fatma
zahra zehra
krishna krishnan kris
ganesh ganesha
lakshmi laxmi luxmi
vijay vijaya
sri shri shree
jose pepe
jesus chus
concepcion concha conchita
mercedes merche
montserrat montse
dolores lola
rosario charo
francisca paca
fernanda nanda
guadalupe lupe
meritxell txell
inaki ignacio
kepa pedro
patxi francisco
antonia toni antonina
antoni toni
antonio toni
"""

FAMILY = """
kim gim ghim
lee yi rhee ri lie li i
park pak bak bark
choi choe choy
jung jeong chung chong joung cheong
kang gang
cho jo joe
yoon yun youn
jang chang
lim im rim yim
shin sin
seo suh so sur
kwon gwon kweon
ahn an
yoo yu ryu you ryoo
ko go koh goh
moon mun
son sohn shon
bae pae
baek paik back paek baik
heo hur huh her
noh no roh
nam namm
oh o
ha hah
woo u wu
joo ju chu
hwang whang
hong houng
kwak gwak
lu lv lyu lui
nv nu
hsu xu
hsieh xie
hsiao xiao
chang zhang
chou zhou
chao zhao
chu zhu
cheng zheng
tsai cai
tsao cao
tseng zeng
teng deng
kuo guo
kao gao
ho he
huang wong vong
wang wong
chen chan tan
lin lam
chiang jiang
chien qian
chin jin
chiu qiu
liu lau liou
liang leung
ng wu
yeh ye
yip ye
hsiung xiong
shih shi
sung song
tang deng
kung gong
ku gu
pai bai
pan poon
peng pang
yuan yuen
cohen kohen
schmidt schmitt schmid
meyer meier maier mayer
mohammad mohammed muhammad mohamed muhammed mohamad mohammadi
ahmed ahmad ahmet
hassan hasan
hussein husain hossein hussain huseyin hosseini
mahmoud mahmood mahmud
khalid khaled
said saeed sayed saied syed
yusuf youssef yousef yusof yousuf
ibrahim ebrahim ebrahimi
abdullah abdallah abdulla
rahman rehman
osman othman usman uthman
chowdhury choudhury chaudhuri choudhary chaudhary chaudhry
banerjee bandyopadhyay banerji
mukherjee mukhopadhyay mukherji
chatterjee chattopadhyay chatterji
iyer aiyar
"""


def rows(text, kind):
    for number, line in enumerate(text.strip().split('\n')):
        for word in set(line.split()):
            if word.isascii() and len(word) <= 15:
                yield word, kind, number


found = collections.defaultdict(set)
for word, kind, number in list(rows(GIVEN, 0)) + list(rows(FAMILY, 1000)):
    found[word].add(kind + number)

print('/* Written by generate_name_aliases.py; do not edit. */')
print('/* word, then a group that it is in; sorted */')
print('#define ALIAS_FAMILY 1000	/* groups from here on are of family names */')
print('static const AliasWord alias_words[] = {')
row = ''
for word in sorted(found):
    for group in sorted(found[word]):
        cell = '{"%s", %d}, ' % (word, group)
        if len(row) + len(cell) > 95:
            print('\t' + row.rstrip())
            row = ''
        row += cell
print('\t' + row.rstrip(', '))
print('};')

firsts = [0] * 32
groups = collections.defaultdict(set)
for word in found:
    for group in found[word]:
        groups[group].add(word)
for group in groups:
    for word in groups[group] if group >= 1000 else ():
        for other in groups[group]:
            firsts[ord(word[0]) - 96] |= 1 << (ord(other[0]) - 96)
print('\n/* by first letter (a: 1), the first letters of what may be another form, a bit each */')
print('const uint32_t anthology_alias_starts[32] = {')
for row in range(0, 32, 8):
    print('\t' + ' '.join('0x%07x,' % n for n in firsts[row:row + 8]).rstrip(',' if row == 24 else ''))
print('};')

print('\n/* where the words with each first letter start */')
print('static const uint16_t alias_starts[] = {')
entries = [word for word in sorted(found) for _ in found[word]]
print('\t' + ', '.join(str(sum(w[0] < chr(97 + i) for w in entries)) for i in range(27)))
print('};')
