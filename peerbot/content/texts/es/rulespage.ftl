# La tabla de reglas, sus números, la página del mes, lo que se notó esta semana y lo que se dice de una alerta cerrada.

command-month = Cómo fueron las reglas este mes
command-digest = Lo que se notó esta semana, sin alerta

rules-head = <b>Las reglas detrás de las alertas</b>
rules-count = { $level }: { $count ->
        [one] { $count } regla
       *[other] { $count } reglas
    }
rules-foot = Toca un nivel para leer sus reglas. Cada número es un punto de partida que nadie ha comprobado aún con tu gente: tu programa puede cambiarlo.
rules-level-head = <b>{ $level }</b>
rules-button-numbers = 🔢 Los números
rules-numbers-head = <b>Los números vigentes</b> para todos, y entre qué valores puede ir cada uno
rules-number = { $key } = { $value } ({ $low }–{ $high })
rules-changed =
    <b>{ $key } = { $value }</b> · { $whose }
    { $by }, { $time }: { $why }
rules-everyone = todos
rules-by-command = línea de comandos
rules-how-to-change =
    Para cambiar uno para alguien a tu cargo, escribe:
    /rules set C-4F7K craving.high 9 y por qué
    Para volver atrás:
    /rules reset C-4F7K craving.high y por qué
    Para todos, supervisión escribe «todos» en lugar del código de caso.

report-head = <b>Alertas en { $month }</b>
report-head-so-far = <b>Alertas en { $month }, hasta hoy</b>
report-alerts = { $count ->
        [one] { $count } alerta
       *[other] { $count } alertas
    }. Son { $rate } al día por cada diez personas.
report-within = Dentro del límite de { $budget }.
report-over = Por encima del límite de { $budget }: mira abajo qué avisa más y prueba otros números.
report-urgent = Alertas urgentes que sirvieron: { $useful } de { $judged } valoradas.
report-urgent-enough = La meta es al menos la mitad.
report-urgent-few = La meta es al menos la mitad: revisen juntos estas reglas, por favor.
report-urgent-none = Nadie ha valorado todavía una alerta urgente.
report-unjudged =
    { $count ->
        [one] { $count } alerta se cerró sin decir si sirvió.
       *[other] { $count } alertas se cerraron sin decir si sirvieron.
    }
report-rules-head = <b>Cada regla</b>: veces que avisó; útil, falsa alarma, ya se sabía
report-rule = { $level } · { $about }: <b>{ $fired }</b>; { $useful }, { $wrong }, { $known }

digest-head = <b>Lo que se notó en los últimos 7 días, sin alerta</b>
digest-none = En los últimos 7 días no se notó nada que no esté en una alerta.
digest-line = { $reason }{ $count ->
        [1] { "" }
       *[other] { " " }({ $count } veces)
    }
digest-foot = <i>Son señales, no un diagnóstico.</i>

alert-feedback-asked = ¿Sirvió esta alerta?
alert-feedback-given = Lo que se dijo de ella: { $feedback }
feedback-useful = 👍 Sirvió
feedback-false-alarm = 👎 Falsa alarma
feedback-known = 👌 Ya lo sabía

refused-alert-not-closed = Primero cierra la alerta, por favor.
refused-rules-usage = Escríbelo así: /rules set C-4F7K craving.high 9 y por qué. /rules muestra cada nombre y número.
refused-rules-key = No existe ese número. /rules muestra todos los nombres.
refused-rules-bounds = Ese número tiene que ir de { $low } a { $high }.
refused-rules-why = Añade por qué, por favor. Se guarda con el cambio, para que otras personas lo entiendan después.
refused-rules-everyone = Solo supervisión puede cambiar un número para todos. Tú puedes cambiarlo para alguien a tu cargo.
refused-rules-unchanged = Ahí no había ningún cambio, así que no hay nada que deshacer.
refused-rules-case = No hay participante con ese código de caso.
refused-report-month = Escribe el mes así: /month 2026-03
