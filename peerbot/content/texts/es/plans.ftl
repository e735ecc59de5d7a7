# Qué se le pregunta a cada participante y cuándo, según su consejería, y las pausas.

weekday =
    { $weekday ->
        [0] lun
        [1] mar
        [2] mié
        [3] jue
        [4] vie
        [5] sáb
       *[6] dom
    }
plan-head = <b>El plan de { $case } · { $alias }</b>
plan-daily = Registro diario: { $days }, { $time }
plan-every-day = todos los días
plan-form =
    { $weeks ->
        [one] { $title }: { $days }, cada semana
       *[other] { $title }: { $days }, cada { $weeks } semanas
    }
plan-hours = Su día termina a las { $until }. Horas de silencio: { $quiet }.
plan-quiet-none = ninguna
plan-paused = <b>En pausa.</b> Se le vuelve a preguntar el { $day }.
plan-foot = Toca para cambiarlo. La última fila dice qué pueden dar por sabido las preguntas.
plan-which-day = ¿Qué día debe llegar <b>{ $title }</b>?
plan-ask-which = ¿Qué preguntas salen ahora, una sola vez?
plan-which-hours = ¿A qué hora llega el registro diario, cuándo termina su día y en qué horas no se le escribe?

plan-why = ¿Por qué lo cambias? Se guarda con tu nombre y la hora, para quien acompañe a esta persona después.
plan-why-planned = Un paso previsto
plan-why-asked = Lo pidió
plan-why-worried = Quiero estar más pendiente
plan-why-life = Algo cambió en su vida
plan-did-phase = <i>{ $day }, { $by }: registro diario, { $value }. { $why }.</i>
plan-did-day = <i>{ $day }, { $by }: se añadió { $value }. { $why }.</i>
plan-did-form = <i>{ $day }, { $by }: se quitó { $value }. { $why }.</i>
plan-did-hour = <i>{ $day }, { $by }: registro a las { $value }. { $why }.</i>
plan-did-ends = <i>{ $day }, { $by }: su día termina a las { $value }. { $why }.</i>
plan-did-quiet = <i>{ $day }, { $by }: horas de silencio { $value }. { $why }.</i>
plan-did-fact = <i>{ $day }, { $by }: { $value }. { $why }.</i>
plan-did-pause =
    { $value ->
        [0] <i>{ $day }, { $by }: terminó la pausa. { $why }.</i>
       *[other] <i>{ $day }, { $by }: pausa de { $value } días. { $why }.</i>
    }

phase-early = Cada día
phase-middle = 4 días
phase-late = 2 días
fact-medication = Medicación
fact-opioid = Opioides
fact-safety-plan = Plan de seguridad
plan-button-ask = Preguntar algo ahora, una vez
plan-button-pause = Pausa de { $days } días
plan-button-resume = Terminar la pausa
plan-button-hours = Horas
plan-button-ends = Su día termina a las { $time }
plan-button-quiet = Silencio: { $hours }

settings-pause = ⏸ { $days } días
pause-set =
    <b>Tus registros están en pausa.</b> Vuelvo a preguntarte el <b>{ $day }</b>. Mientras tanto puedes hacer uno cuando quieras, y el botón de ayuda siempre funciona.
pause-ended = <b>Qué bueno tenerte de vuelta.</b> Tus registros vuelven a su hora de siempre.
staff-paused = El caso <b>{ $case }</b> puso en pausa sus registros. Se le vuelve a preguntar el { $day }.
staff-pause-ended = Al caso <b>{ $case }</b> se le vuelve a preguntar.
