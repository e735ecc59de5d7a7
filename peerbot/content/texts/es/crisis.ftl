# La tarjeta de crisis y lo que se dice en un momento de peligro. Corto: se lee de noche y con un solo ojo.

crisis-head =
    <b>No estás solo ni sola.</b>
    Si tú u otra persona corren peligro, llama ahora:
crisis-line = <b>{ $name }</b>: { $what }
crisis-told =
    Acabo de avisarle a <b>{ $who }</b> que necesitas a alguien. Si no responde, aviso a la siguiente persona del equipo. No puedo prometerte cuánto tardarán en verlo. Si no puede esperar, llama, por favor.
crisis-nobody-told =
    Al ver esto no se avisa a nadie. Si estás en el programa y quieres que tu equipo lo sepa, toca <b>{ key-help }</b> o envía /now. También puedes llamar ya a uno de estos números.
not-watched = Soy un bot y nadie vigila este chat las 24 horas.

# Por debajo de urgente: quién se entera, y una línea que ofrece la tarjeta.
told-today = Gracias por contármelo. <b>{ $who }</b> recibe un aviso para leerlo hoy.
card-offer = Si en algún momento se te hace demasiado pesado, aquí ves a quién llamar:
button-card = 📞 ¿A quién llamo?
button-help = 🆘 Necesito ayuda ahora

not-for-emergencies =
    <b>Esto no es para emergencias.</b> Soy un bot y nadie vigila este chat las 24 horas. Si tú u otra persona corren peligro, llama, por favor:
