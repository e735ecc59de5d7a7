# Lo que lee el equipo sobre las alertas. Los avisos no llevan contenido: número, nivel y código de caso.

level-log = NOTA
level-digest = SEMANAL
level-same-day = HOY
level-urgent = URGENTE
level-emergency = EMERGENCIA

alert-notice =
    <b>Alerta { NUMBER($alert, useGrouping: 0) } · { $level }</b>
    El caso <b>{ $case }</b> te necesita.
    Si nadie toca «{ alert-button-ack }» en { alert-minutes }, aviso a la siguiente persona.
alert-notice-again =
    <b>Alerta { NUMBER($alert, useGrouping: 0) } · { $level }</b>
    El caso <b>{ $case }</b> sigue esperando y te necesita.
    Si nadie toca «{ alert-button-ack }» en { alert-minutes }, vuelvo a avisar.
alert-minutes =
    { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minutos
    }
alert-may-be-repeat = (Quizá ya lo viste: se envió por primera vez a las { $time }.)

alert-head = <b>Alerta { NUMBER($alert, useGrouping: 0) } · { $level }</b> · { $case }
alert-still-open = Todavía nadie se encarga.
alert-acknowledged = { $by } se encarga desde las { $time }. Si no se cierra en { alert-minutes }, vuelvo a avisar.
alert-closed = Alerta cerrada por { $by } a las { $time }: { $outcome }
alert-how-ended = ¿Cómo terminó?
outcome-reached = Hablé con la persona
outcome-not-reached = No logré contactarla
outcome-handed-over = Pasó a manos de alguien más

alert-button-ack = ✋ Me encargo
alert-button-open = Ver por qué
alert-button-close = ✅ Cerrar

alert-details-head = <b>Alerta { NUMBER($alert, useGrouping: 0) }</b> · { $case } · { $alias }
alert-reason = <b>{ $level }</b> · { $time }
alert-details-foot = <i>Son señales, no un diagnóstico. No se guardan las palabras de los mensajes, así que pregunta. Este mensaje se borra solo después de un rato.</i>
alert-nobody-reachable =
    <b>La alerta { NUMBER($alert, useGrouping: 0) } no encontró a nadie de quienes debían recibirla.</b>
    No puedo avisar a la persona asignada ni a supervisión. Estoy avisando a quien sí puedo del equipo de atención, y puede que no sea nadie. Por favor, llama a tu equipo ahora.

alerts-none = No hay alertas abiertas.
alerts-head = <b>Alertas abiertas</b>
alerts-button = Alerta { NUMBER($alert, useGrouping: 0) }
alert-state-open = Todavía nadie se encarga. Abierta desde { $time }.
alert-state-acknowledged = Alguien ya se encarga. Abierta desde { $time }.
