# La razón de un hallazgo, para quien la pide: lo que se vio, nunca lo que demuestra. Un texto por cada regla de riesgo.

rule-use-reported =
    { $use ->
        [alcohol] Dijo que bebió alcohol desde el último registro.
       *[other] Dijo que consumió algo distinto del alcohol desde el último registro.
    }
rule-craving-high = Dijo que sus ganas más fuertes en las últimas 24 horas fueron de { $craving } de 10.
rule-mood-low = Dijo que su ánimo hoy está en { $mood } de 10 (10 es lo mejor).
rule-help-asked = Pidió ayuda inmediata.
rule-talk-asked = Pidió hablar con su consejero o consejera.
rule-left-programme = Dejó el bot con /stop.
rule-message-unread = El bot falló con un mensaje suyo, así que nadie sabe qué decía. Por favor, pregúntale.
rule-words-emergency = Escribió algo que puede referirse a { words-about }. Puede haber una vida en peligro ahora mismo.
rule-words-urgent = Escribió algo que puede referirse a { words-about }. Puede que no esté a salvo.
rule-words-same-day = Escribió algo que puede referirse a { words-about }. Por favor, habla hoy con esta persona.
rule-broken-rule = La regla «{ $rule }» falló y no pudo revisar lo que dijo. Por favor, revísalo tú y pregúntale.

words-about =
    { $category ->
        [self-harm] suicidio o autolesiones
        [overdose] una sobredosis
        [withdrawal] una abstinencia grave
        [violence] violencia
        [other-in-danger] otra persona en peligro
        [help] que necesita ayuda
        [lapse] haber bebido o consumido
        [sourcing] conseguir u ofrecer drogas
       *[other] algo que el bot no supo clasificar
    }

# Lo que busca cada regla, para quien lee la tabla de reglas. Sus números son los de care/risk.py.
about-use-reported = Dijo que bebió o consumió desde el último registro
about-craving-high = Ganas más fuertes en las últimas 24 horas: 8 o más de 10
about-mood-low = Ánimo de 2 o menos de 10
about-help-asked = Pidió ayuda inmediata
about-talk-asked = Pidió hablar con su consejero o consejera
about-left-programme = Dejó el bot
about-message-unread = El bot falló con un mensaje suyo
about-words-emergency = Escribió algo que puede indicar una vida en peligro ahora mismo
about-words-urgent = Escribió algo que puede indicar que alguien no está a salvo
about-words-same-day = Escribió algo que su consejero o consejera debería saber hoy
